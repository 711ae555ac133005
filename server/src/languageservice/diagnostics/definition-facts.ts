import { entryRules, fileRules, runEntryRule, runFileRule } from '#core/infra/rules/run-rules.ts';
import { isSelfContained, listChecked } from '#core/infra/rules/scope/rule-view.ts';
import type { EntryRule, Finding, RuleInput } from '#core/infra/rules/scope/rule.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry, toEntries } from '../document/chunk-verdict.ts';
import type { SectionIndex } from '../document/section-index.ts';

/** What rules say about a chunk that depends on nothing else. To find out whether a time zone exists takes longer than all other rules together. */
const known = new WeakMap<SoundChunk, Map<EntryRule, readonly Finding[]>>();

/** Runs the rules about entries and about the file for everything but the servers that are chunks. `input` is the file without those. */
export const judgeDefinitions = (input: RuleInput, index: SectionIndex): readonly Finding[] => [
  ...entryRules.flatMap((rule) => (isSelfContained(rule) ? judgeChunks(rule, input, index) : runEntryRule(rule, input.infra, input))),
  ...fileRules.flatMap((rule) => runFileRule(rule, input)),
];

/** Entries that are chunks each by itself, and whatever else there is together. */
function judgeChunks(rule: EntryRule, input: RuleInput, { sections }: SectionIndex): readonly Finding[] {
  const rest: Record<string, unknown> = {};
  const findings: Finding[] = [];
  for (const section of listChecked(rule)) {
    const chunks = section === 'servers' ? undefined : sections.get(section)?.entries;
    rest[section] = chunks ? withoutChunks(input.infra[section], chunks) : input.infra[section];
    for (const [name, chunk] of chunks ?? []) findings.push(...judgeChunk(rule, section, name, chunk, input));
  }
  return [...findings, ...runEntryRule(rule, rest, input)];
}

function judgeChunk(rule: EntryRule, section: string, name: string, chunk: SoundChunk, input: RuleInput): readonly Finding[] {
  const byRule = known.get(chunk) ?? new Map<EntryRule, readonly Finding[]>();
  known.set(chunk, byRule);
  const before = byRule.get(rule);
  if (before) return before;
  const { data } = judgeEntry(chunk);
  const findings = data === undefined ? [] : runEntryRule(rule, { [section]: toEntries(name, data) }, input);
  byRule.set(rule, findings);
  return findings;
}

/** Entries of included files: those that the document does not define itself. */
const withoutChunks = (entries: unknown, chunks: ReadonlyMap<string, SoundChunk>): unknown =>
  Object.fromEntries(Object.entries(entries ?? {}).filter(([name]) => !chunks.has(name)));
