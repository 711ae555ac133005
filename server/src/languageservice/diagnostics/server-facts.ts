import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { createEntryExpander } from '#core/infra/expand/expand-entry.ts';
import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import { checkCompleteness } from '#core/infra/rules/entries/check-completeness.ts';
import { checkHardware } from '#core/infra/rules/entries/check-hardware.ts';
import { checkLists } from '#core/infra/rules/entries/check-lists.ts';
import { checkPlaybooks } from '#core/infra/rules/playbooks/check-playbooks.ts';
import { checkSizes } from '#core/infra/rules/entries/check-sizes.ts';
import type { Rule } from '#core/infra/rules/scope/rule.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import { toEntries } from '../document/chunk-verdict.ts';
import { readLack, usesKnownLists, usesKnownSize, type DefinitionShape } from './definition-shape.ts';

/** One problem that a rule found, with the rule: rules have an order. */
export type Finding = readonly [rule: Rule, diagnostic: Diagnostic];

/** What the rules say about one entry of `servers`, as far as it needs no other server; by what each part depends on. */
export interface ServerFacts {
  readonly findings: readonly Finding[];
  /** About the entry alone. */
  readonly own: readonly Finding[];
  /** About its size; `namesId` of the shape it was found under, 0 where it is known. */
  readonly size: Part;
  /** About the keys and networks it lists; likewise. */
  readonly lists: Part;
  /** About what is missing; see `readLack`. */
  readonly lack: Part;
}

interface Part {
  readonly key: number;
  readonly findings: readonly Finding[];
}

const none: readonly Finding[] = [];
const empty = { version: 1, project: 'project' } as const;

/**
 * Runs those rules for one entry. `merged` holds what the entry may refer to; its servers are not looked at. Of what was
 * found `before` about the same entry, the parts that nothing has changed for are taken over.
 */
export function judgeServer(
  name: string,
  entry: ServerEntry,
  { merged, shape }: { readonly merged: MergedInfra; readonly shape: DefinitionShape },
  before: ServerFacts | undefined,
): ServerFacts {
  const sizeKey = usesKnownSize(entry, shape) ? 0 : shape.namesId;
  const listsKey = usesKnownLists(entry, shape) ? 0 : shape.namesId;
  const lackKey = readLack(entry, shape);
  if (before && before.size.key === sizeKey && before.lists.key === listsKey && before.lack.key === lackKey) return before;
  const { infra, locate, isBroken } = merged;
  const { sizes, ssh_keys, networks } = infra;
  const run = (rules: readonly Rule[], view: Partial<InfraFile>, isExpanded = false): readonly Finding[] => {
    const entries = isExpanded ? [createEntryExpander(infra, locate)(name, entry)] : [];
    const context = { infra: { ...empty, ...view }, locate, isBroken, entries };
    return rules.flatMap((rule) => rule(context).map((diagnostic): Finding => [rule, diagnostic]));
  };
  const judge = (part: Part | undefined, key: number, find: () => readonly Finding[]): Part =>
    part?.key === key ? part : { key, findings: key === 0 ? none : find() };
  // `defaults` and the sizes themselves are judged once, not with each server.
  const servers = toEntries(name, entry);
  const own = before?.own ?? run([checkHardware, checkPlaybooks], { servers });
  const size = judge(before?.size, sizeKey, () => run([checkSizes], { sizes, servers }));
  const lists = judge(before?.lists, listsKey, () => run([checkLists], { ssh_keys, networks, servers }));
  const lack = judge(before?.lack, lackKey, () => run([checkCompleteness], { sizes }, true));
  return { findings: [...own, ...size.findings, ...lists.findings, ...lack.findings], own, size, lists, lack };
}
