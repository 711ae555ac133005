import { t, type Text } from '#schemas/text/text.ts';

/** Elapsed time for people: `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`. */
export function formatDuration(ms: number): Text {
  const seconds = ms / 1000;
  if (seconds < 9.95) return t('{0} s', seconds.toFixed(1));
  const whole = Math.round(seconds);
  if (whole < 60) return t('{0} s', whole);
  if (whole < 3600) return t('{0} min {1} s', Math.floor(whole / 60), String(whole % 60).padStart(2, '0'));
  return t('{0} h {1} min', Math.floor(whole / 3600), String(Math.floor((whole % 3600) / 60)).padStart(2, '0'));
}
