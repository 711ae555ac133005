import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { NamesContext, NamesRule } from '../scope/rule.ts';

/** An `id` to adopt belongs to exactly one server, or to exactly one network. */
export const checkAdoptIds: NamesRule = { scope: 'names', reads: ['networks'], check };

function check(context: NamesContext): readonly Diagnostic[] {
  const { names, infra } = context;
  const counted = names.adopting.flatMap((entry) => {
    if (entry.instances.length <= 1) return [];
    const detail = t(
      '`{0}` makes {1} servers, but `id` names only one. Write an entry without `count` for it.',
      entry.name,
      entry.instances.length,
    );
    return [
      createDiagnostic('id-not-unique', {
        detail,
        source: context.locate(['servers', entry.name, 'id'], 'value'),
        address: `servers.${entry.name}`,
      }),
    ];
  });
  const servers = Object.fromEntries(names.adopting.map(({ name, entry }) => [name, entry]));
  return [...counted, ...findShared('servers', servers, context), ...findShared('networks', infra.networks ?? {}, context)];
}

type Entries = Readonly<Record<string, { readonly id?: number | undefined }>>;

function findShared(section: 'servers' | 'networks', entries: Entries, { locate }: NamesContext): readonly Diagnostic[] {
  const owners = new Map<number, string>();
  return Object.entries(entries).flatMap(([name, { id }]) => {
    if (id === undefined) return [];
    const owner = owners.get(id);
    if (owner === undefined) {
      owners.set(id, name);
      return [];
    }
    const source = locate([section, name, 'id'], 'value');
    return [
      createDiagnostic('id-not-unique', {
        detail: t('`{0}` has the same `id` as `{1}`.', name, owner),
        source,
        address: `${section}.${name}`,
      }),
    ];
  });
}
