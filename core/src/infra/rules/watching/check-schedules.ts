import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import { quote } from '../../validate/describe-found.ts';
import { findCronFault } from './cron-syntax.ts';
import type { EntryContext, EntryRule } from '../scope/rule.ts';

/** A schedule has one way of timing; its cron expression and its time zone can be read. */
export const checkSchedules: EntryRule = { scope: 'entry', reads: { schedules: 'each' }, needs: 'merged', check };

function check({ infra, locate }: EntryContext): readonly Diagnostic[] {
  return Object.entries(infra.schedules ?? {}).flatMap(([name, { cron, every, timezone }]) => {
    const address = `schedules.${name}`;
    const diagnostics: Diagnostic[] = [];
    if ((cron === undefined) === (every === undefined)) {
      const detail =
        cron === undefined
          ? t('Schedule `{0}` does not say when it runs. Write `cron` or `every`.', name)
          : t('Schedule `{0}` has both `cron` and `every`. Remove one of the two.', name);
      diagnostics.push(createDiagnostic('schedule-timing', { detail, source: locate(['schedules', name], 'key'), address }));
    }
    const fault = cron === undefined ? undefined : findCronFault(cron);
    if (fault)
      diagnostics.push(createDiagnostic('invalid-cron', { detail: fault, source: locate(['schedules', name, 'cron'], 'value'), address }));
    if (timezone !== undefined && !isTimeZone(timezone)) {
      const detail = t('There is no time zone `{0}`. Names are like `Europe/Moscow`.', quote(timezone));
      diagnostics.push(createDiagnostic('unknown-timezone', { detail, source: locate(['schedules', name, 'timezone'], 'value'), address }));
    }
    return diagnostics;
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
