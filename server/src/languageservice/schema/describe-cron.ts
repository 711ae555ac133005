import { t, tn, type Text } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';

const TIME = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|[0-7]|[0-7]-[0-7])$/;

/** A cron expression in words, for the forms that people mostly write; undefined for others. */
export function describeCron(expression: string, { language }: Pick<LanguageRequest, 'language'>): Text | undefined {
  const cron = expression.trim().replaceAll(/\s+/g, ' ');
  if (cron === '* * * * *') return t('every minute');
  const step = /^\*\/(\d+) \* \* \* \*$/.exec(cron);
  if (step) return tn(Number(step[1]), 'every {0} minute', 'every {0} minutes');
  const hourly = /^(\d{1,2}) \* \* \* \*$/.exec(cron);
  if (hourly) return t('every hour at minute {0}', Number(hourly[1]));
  const [, minute = '', hour = '', day = '', weekday = ''] = TIME.exec(cron) ?? [];
  if (minute === '' || Number(minute) > 59 || Number(hour) > 23) return undefined;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day !== '*') return weekday === '*' ? t('on day {0} of every month at {1}', Number(day), time) : undefined;
  if (weekday === '*') return t('every day at {0}', time);
  const [from, to] = weekday.split('-').map((number) => nameWeekday(Number(number), language));
  if (from === undefined) return undefined;
  return to === undefined ? t('every week at {1}: {0}', from, time) : t('{0} to {1} at {2}', from, to, time);
}

/** 0 and 7 are Sunday. 5 January 2025 was one. */
const nameWeekday = (number: number, language: 'en' | 'ru'): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2025, 0, 5 + number)));
