import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of alerts, schedules and limits. */
export const watchingCodes = {
  'schedule-timing': {
    severity: 'error',
    summary: t('Schedule needs either `cron` or `every`'),
    explanation: t(
      'A schedule runs at times given by `cron`, or again and again after the time span in `every`. With both or neither it is not clear when.',
    ),
  },
  'invalid-cron': {
    severity: 'error',
    summary: t('Cron expression cannot be read'),
    explanation: t(
      'A cron expression has five fields with spaces between: minute (0–59), hour (0–23), day of the month (1–31), month (1–12), weekday (0–7, both ends are Sunday). A field is `*`, a number, a range `1-5`, a list `1,3`, or a step `*/10`. Example: `0 20 * * 1-5` is 20:00 from Monday to Friday.',
    ),
  },
  'unknown-timezone': {
    severity: 'error',
    summary: t('Unknown time zone'),
    explanation: t('Time zones are named as in the IANA database: region and city, such as `Europe/Moscow` or `Asia/Almaty`, or `UTC`.'),
  },
  'alert-threshold': {
    severity: 'error',
    summary: t('Alert needs either `above` or `below`'),
    explanation: t(
      'An alert fires when the figure goes above or below one value. For both directions write two alerts. Only `unreachable` needs no value: a server answers or it does not.',
    ),
  },
  'alert-clear': {
    severity: 'error',
    summary: t('`clear` is on the wrong side'),
    explanation: t(
      'An alert that fires above 90% is over when the figure has come down to `clear`, so `clear` lies below; for `below` it lies above. On the wrong side the alert would be over and fire again with every reading.',
    ),
  },
  'budget-without-prices': {
    severity: 'error',
    summary: t('Budget without a price table'),
    explanation: t(
      'The provider has no API for prices, so a budget can only be kept with a table of your own. Name it with `prices: FILE`, or remove `monthly_budget`.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
