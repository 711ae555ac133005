import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import type { Rule } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** `size` names an entry of `sizes`. */
export const checkSizes: Rule = ({ infra, locate, isBroken }) => {
  const known = Object.keys(infra.sizes ?? {});
  const check = (name: string | undefined, path: ValuePath, address: string): readonly Diagnostic[] => {
    if (name === undefined || known.includes(name) || isBroken('sizes', name)) return [];
    const source = locate([...path, 'size'], 'value');
    return [createUnknownName('unknown-size', { name, source, address }, known, t('There is no size `{0}`.', name))];
  };
  return [
    ...check(infra.defaults?.size, ['defaults'], 'defaults'),
    ...Object.entries(infra.servers ?? {}).flatMap(([name, entry]) => check(entry.size, ['servers', name], `servers.${name}`)),
  ];
};
