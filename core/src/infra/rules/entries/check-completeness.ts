import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ExpandedEntry } from '../../expand/expanded-infra.ts';
import type { EntryContext, EntryRule, Fields } from '../scope/rule.ts';

/** What every server and network needs, from wherever. */
const needed: Fields = { fields: ['cpu', 'ram', 'disk', 'dc', 'image'] };

const hardware = ['cpu', 'ram', 'disk'] as const;

/** Every server has hardware, a data centre and an image; every network has a data centre. */
export const checkCompleteness: EntryRule = {
  scope: 'entry',
  reads: { servers: 'each', networks: 'each', sizes: needed, defaults: needed },
  needs: 'expanded',
  check,
};

function check(context: EntryContext): readonly Diagnostic[] {
  // What the defaults would have given is unknown while they hold a mistake.
  if (context.isBroken('defaults')) return [];
  return [...context.entries.flatMap((entry) => checkEntry(entry, context)), ...checkNetworks(context)];
}

function checkEntry(entry: ExpandedEntry, { infra, isBroken }: EntryContext): readonly Diagnostic[] {
  const { values, name } = entry;
  const place = () => ({ source: entry.source, address: `servers.${name}` });
  const diagnostics: Diagnostic[] = [];
  const isSizeUnclear = values.size !== undefined && (!Object.hasOwn(infra.sizes ?? {}, values.size) || isBroken('sizes', values.size));
  const missing = hardware.filter((field) => values[field] === undefined);
  if (missing.length > 0 && !isSizeUnclear) {
    const list = missing.map((field) => `\`${field}\``).join(', ');
    const detail = t('Server `{1}` has no {0}. Write what is missing here or in `defaults`, or take a size.', list, name);
    diagnostics.push(createDiagnostic('missing-hardware', { detail, ...place() }));
  }
  if (values.dc === undefined) {
    const detail = t('Server `{0}` has no data centre. Write `dc` here or in `defaults`.', name);
    diagnostics.push(createDiagnostic('missing-dc', { detail, ...place() }));
  }
  if (values.image === undefined) {
    const detail = t('Server `{0}` has no image. Write `image` here or in `defaults`.', name);
    diagnostics.push(createDiagnostic('missing-image', { detail, ...place() }));
  }
  return diagnostics;
}

function checkNetworks({ infra, locate }: EntryContext): readonly Diagnostic[] {
  if (infra.defaults?.dc !== undefined) return [];
  return Object.entries(infra.networks ?? {}).flatMap(([name, network]) => {
    if (network.dc !== undefined) return [];
    const detail = t('Network `{0}` has no data centre. Write `dc` here or in `defaults`.', name);
    return [createDiagnostic('missing-dc', { detail, source: locate(['networks', name], 'key'), address: `networks.${name}` })];
  });
}
