import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { expandEntry } from '#core/infra/expand/expand-entry.ts';
import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import { checkCompleteness } from '#core/infra/rules/check-completeness.ts';
import { checkHardware } from '#core/infra/rules/check-hardware.ts';
import { checkLists } from '#core/infra/rules/check-lists.ts';
import { checkPlaybooks } from '#core/infra/rules/check-playbooks.ts';
import { checkSizes } from '#core/infra/rules/check-sizes.ts';
import type { Rule } from '#core/infra/rules/rule.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import { toEntries } from '../document/chunk-verdict.ts';

/** One problem that a rule found, with the rule: rules have an order. */
export type Finding = readonly [rule: Rule, diagnostic: Diagnostic];

/** What the rules say about one entry of `servers`, as far as it needs no other server. */
export interface ServerFacts {
  readonly expanded: ExpandedEntry;
  readonly findings: readonly Finding[];
}

/** Runs those rules for one entry. `merged` holds what the entry may refer to; its servers are not looked at. */
export function judgeServer(name: string, entry: ServerEntry, merged: MergedInfra): ServerFacts {
  const { infra, locate, isBroken } = merged;
  const expanded = expandEntry(name, entry, infra, locate);
  const servers = toEntries(name, entry);
  const none = { version: 1, project: 'project' } as const;
  const { sizes, ssh_keys, networks, notify } = infra;
  const run = (rules: readonly Rule[], view: InfraFile): readonly Finding[] =>
    rules.flatMap((rule) => rule({ infra: view, locate, isBroken, entries: [expanded] }).map((diagnostic): Finding => [rule, diagnostic]));
  return {
    expanded,
    findings: [
      // `defaults` and the sizes themselves are judged once, not with each server.
      ...run([checkSizes, checkLists], { ...none, sizes, ssh_keys, networks, notify, servers }),
      ...run([checkHardware, checkPlaybooks], { ...none, servers }),
      ...run([checkCompleteness], { ...none, sizes }),
    ],
  };
}
