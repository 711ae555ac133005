import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import { formatPath } from '../../validate/format-path.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import type { EntryContext, EntryRule } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** `size` names an entry of `sizes`. */
export const checkSizes: EntryRule = {
  scope: 'entry',
  reads: { defaults: 'each', servers: 'each', sizes: 'names' },
  needs: 'merged',
  check,
};

function check({ infra, locate, isBroken }: EntryContext): readonly Diagnostic[] {
  const known = new Set(Object.keys(infra.sizes ?? {}));
  const diagnostics: Diagnostic[] = [];
  const checkSize = (name: string | undefined, path: ValuePath): void => {
    if (name === undefined || known.has(name) || isBroken('sizes', name)) return;
    const place = { name, source: locate([...path, 'size'], 'value'), address: formatPath(path) };
    diagnostics.push(createUnknownName('unknown-size', place, [...known], t('There is no size `{0}`.', name)));
  };
  checkSize(infra.defaults?.size, ['defaults']);
  for (const [name, entry] of listServers(infra)) checkSize(entry.size, ['servers', name]);
  return diagnostics;
}
