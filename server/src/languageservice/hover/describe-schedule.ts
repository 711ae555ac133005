import { Cron } from 'croner';
import { t } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';
import { describeCron } from '../schema/describe-cron.ts';

const RUNS = 3;

/** A cron expression in words, and its next runs: in its own time zone, and in the reader's where that is another one. */
export function describeSchedule(cron: string, timeZone: string | undefined, request: LanguageRequest): readonly string[] {
  const { render, language } = request;
  const own = request.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = timeZone ?? own;
  const runs = listRuns(cron, zone, request.now);
  const words = describeCron(cron, request);
  const print = (inZone: string): string => {
    const format = new Intl.DateTimeFormat(language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: inZone,
    });
    return runs.map((run) => `- ${format.format(run)}`).join('\n');
  };
  return [
    words ? capitalize(render(words)) : '',
    runs.length > 0 ? `${render(t('Next runs ({0})', zone))}:\n\n${print(zone)}` : '',
    runs.length > 0 && own !== zone ? `${render(t('For you ({0})', own))}:\n\n${print(own)}` : '',
  ].filter((paragraph) => paragraph !== '');
}

/** None when the expression or the time zone cannot be read. */
function listRuns(cron: string, timezone: string, now: number): readonly Date[] {
  try {
    return new Cron(cron, { timezone, paused: true }).nextRuns(RUNS, new Date(now));
  } catch {
    return [];
  }
}

const capitalize = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
