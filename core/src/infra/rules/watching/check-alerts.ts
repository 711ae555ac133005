import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { EntryContext, EntryRule } from '../scope/rule.ts';

/** An alert has one threshold, and `clear` lies on its quiet side. */
export const checkAlerts: EntryRule = { scope: 'entry', reads: { alerts: 'each' }, needs: 'merged', check };

function check({ infra, locate }: EntryContext): readonly Diagnostic[] {
  return Object.entries(infra.alerts ?? {}).flatMap(([name, { metric, above, below, clear }]) => {
    const address = `alerts.${name}`;
    if (metric === 'unreachable' && above === undefined && below === undefined) return [];
    if ((above === undefined) === (below === undefined)) {
      const detail =
        above === undefined
          ? t('Alert `{0}` has no threshold. Write `above` or `below`.', name)
          : t('Alert `{0}` has both `above` and `below`. Make two alerts of it.', name);
      return [createDiagnostic('alert-threshold', { detail, source: locate(['alerts', name], 'key'), address })];
    }
    if (clear === undefined || (above === undefined ? clear >= (below ?? clear) : clear <= above)) return [];
    const detail =
      above === undefined
        ? t('Alert `{0}` fires below its threshold, so `clear` must not be lower than it.', name)
        : t('Alert `{0}` fires above its threshold, so `clear` must not be higher than it.', name);
    return [createDiagnostic('alert-clear', { detail, source: locate(['alerts', name, 'clear'], 'value'), address })];
  });
}
