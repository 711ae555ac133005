import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { FixContext, Remedy } from './fix-context.ts';
import { addMissingKeys, fillEmptyValue, mendName, moveSecret, removeDuplicateKey, removeUnknownKey } from './fix-shape.ts';
import { addFromCatalog, addHardware, addPrices, addProject, chooseOne, mendTimeZone, removeField, removeRepeated } from './fix-values.ts';

type Find = (context: FixContext) => readonly Remedy[];

/** Remedies by code, beyond those that the diagnostic brings itself. */
const finders: Readonly<Partial<Record<DiagnosticCode, Find>>> = {
  'missing-key': addMissingKeys,
  'missing-project': addProject,
  'missing-hardware': addHardware,
  'missing-dc': (context) => addFromCatalog(context, 'dc'),
  'missing-image': (context) => addFromCatalog(context, 'image'),
  'unknown-key': removeUnknownKey,
  'empty-value': fillEmptyValue,
  'duplicate-key': removeDuplicateKey,
  'invalid-name': mendName,
  'literal-secret': moveSecret,
  'repeated-item': removeRepeated,
  'schedule-timing': (context) =>
    chooseOne(
      context,
      ['cron', 'every'],
      [
        ['every', '1h'],
        ['cron', "'0 3 * * *'"],
      ],
    ),
  'alert-threshold': (context) =>
    chooseOne(
      context,
      ['above', 'below'],
      [
        ['above', '90%'],
        ['below', '10%'],
      ],
    ),
  'alert-clear': (context) => removeField(context, 'clear'),
  'backup-not-offered': (context) => removeField(context, 'backup'),
  'id-not-unique': (context) => removeField(context, 'id'),
  'unknown-timezone': mendTimeZone,
  'budget-without-prices': addPrices,
  'playbook-source': (context) =>
    chooseOne(
      { ...context, path: findItemPath(context) },
      ['path', 'name'],
      context.request.values.playbooks.map(({ name }) => ['name', name]),
    ),
};

/** Codes that have remedies of their own. */
export const remediedCodes = Object.keys(finders) as readonly DiagnosticCode[];

/** Ways to mend one problem, the best one first. */
export const findRemedies = (context: FixContext): readonly Remedy[] => finders[context.diagnostic.code]?.(context) ?? [];

/** The playbook item that a problem stands at: the address names only the entry. */
function findItemPath({ path, diagnostic, editor }: FixContext): FixContext['path'] {
  const line = diagnostic.source?.start.line ?? 0;
  const character = diagnostic.source?.start.character ?? 0;
  for (let index = 0; index < 100; index += 1) {
    const item = [...path, 'playbooks', index];
    const place = editor.findStart(item);
    if (!place) break;
    if (place.line === line && place.character === character) return item;
  }
  return [...path, 'playbooks', 0];
}
