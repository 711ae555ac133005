import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ExpandedEntry, ExpandedInfra } from '../expand/expanded-infra.ts';
import { isAboutHardware } from '../rules/entries/check-hardware.ts';
import type { ExistingObjects } from './resolve-entry.ts';

/**
 * Turns errors about hardware into warnings where every server that has it exists and has it already: the panel allows more than the
 * documented steps, and a rule binds what is made or changed.
 */
export function settleHardware(diagnostics: readonly Diagnostic[], infra: ExpandedInfra, existing: ExistingObjects): readonly Diagnostic[] {
  const isSettled = new Map(infra.entries.map((entry) => [entry.name, hasItAlready(entry, existing)]));
  const isAll = infra.entries.length > 0 && [...isSettled.values()].every(Boolean);
  return diagnostics.map((one) => {
    if (one.severity !== 'error' || !isAboutHardware(one.code)) return one;
    // A problem of `defaults` or a size is one of every entry that may take it.
    const name = one.address?.startsWith('servers.') === true ? one.address.slice('servers.'.length) : undefined;
    const isHarmless = name === undefined ? isAll : isSettled.get(name) === true;
    return isHarmless ? { ...one, severity: 'warning' } : one;
  });
}

const hasItAlready = ({ addresses, values }: ExpandedEntry, { servers }: ExistingObjects): boolean =>
  addresses.every((address) => {
    const server = servers.get(address);
    return server?.cpu === values.cpu && server?.ramMb === values.ram && server?.diskGb === values.disk;
  });
