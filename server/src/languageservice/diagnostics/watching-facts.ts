import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import { checkAlerts } from '#core/infra/rules/watching/check-alerts.ts';
import { checkSchedules } from '#core/infra/rules/watching/check-schedules.ts';
import type { Rule } from '#core/infra/rules/scope/rule.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry, toEntries } from '../document/chunk-verdict.ts';
import type { SectionIndex } from '../document/section-index.ts';
import type { Finding } from './server-facts.ts';

/** Rules that look at each alert or schedule by itself. */
const rules = { alerts: checkAlerts, schedules: checkSchedules } as const;
export const watchingRules: readonly Rule[] = Object.values(rules);

/** Kept with the chunk: to find out whether a time zone exists takes longer than all other rules together. */
const known = new WeakMap<SoundChunk, readonly Finding[]>();

/** Runs those rules, for each entry that is a chunk once. */
export function judgeWatching(merged: MergedInfra, { sections }: SectionIndex): readonly Finding[] {
  const { infra } = merged;
  const run = (rule: Rule, view: Partial<InfraFile>): readonly Finding[] =>
    rule({ ...merged, infra: { version: 1, project: 'project', ...view }, entries: [] }).map((diagnostic): Finding => [rule, diagnostic]);
  return (['alerts', 'schedules'] as const).flatMap((section) => {
    const entries = sections.get(section)?.entries;
    if (!entries) return run(rules[section], { [section]: infra[section] });
    return [...entries].flatMap(([name, chunk]) => {
      const { data } = judgeEntry(chunk);
      if (data === undefined) return [];
      const findings = known.get(chunk) ?? run(rules[section], { [section]: toEntries(name, data) });
      known.set(chunk, findings);
      return findings;
    });
  });
}
