const DAY_SECONDS = 86_400;

/** Labels of a time axis in the reader's language: days at midnight, else hours and minutes, and seconds where they are told apart. */
export function labelTimes(language: string): (seconds: readonly number[], stepSeconds: number) => string[] {
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const minute = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const second = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return (seconds, stepSeconds) =>
    seconds.map((at) => {
      const date = new Date(at * 1000);
      const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
      if (stepSeconds >= DAY_SECONDS || isMidnight) return day.format(date);
      return (stepSeconds >= 60 ? minute : second).format(date);
    });
}
