import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import { createEntryExpander, type ExpandEntry } from '../expand/expand-entry.ts';
import { listServers } from '../load/list-servers.ts';
import type { MergedInfra } from '../load/merge-documents.ts';
import { allRules } from './all-rules.ts';
import { checkServerCount } from './names/check-server-count.ts';
import { backgroundOf, listChecked, listSections, narrowBroken, sectionsOf, viewOf } from './scope/rule-view.ts';
import type { EntryRule, FileRule, Finding, NamesRule, Rule, RuleInput } from './scope/rule.ts';
import { ServerNames } from './scope/server-names.ts';

/** The rules of each scope, in their order. */
export const entryRules: readonly EntryRule[] = allRules.filter((rule) => rule.scope === 'entry');
export const fileRules: readonly FileRule[] = allRules.filter((rule) => rule.scope === 'file');
const namesRules: readonly NamesRule[] = allRules.filter((rule) => rule.scope === 'names');
/** Those that look at each entry of `servers`. */
export const serverRules: readonly EntryRule[] = entryRules.filter(({ reads }) => reads.servers === 'each');

const none: readonly Finding[] = [];
const checkedSections = new Map(entryRules.map((rule) => [rule, listChecked(rule)]));

const hasMembers = (section: unknown): boolean => typeof section === 'object' && section !== null && Object.keys(section).length > 0;

const order = new Map<Rule, number>(allRules.map((rule, index) => [rule, index]));

/** Problems in the order of the rules. */
export const inOrder = (findings: readonly Finding[]): readonly Diagnostic[] =>
  [...findings].sort(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0)).map(([, diagnostic]) => diagnostic);

/** Runs every rule on a whole file. */
export function runAll(input: RuleInput): readonly Diagnostic[] {
  const { infra, locate } = input;
  const names = new ServerNames(new Map(listServers(infra)), locate);
  return inOrder([
    ...entryRules.flatMap((rule) => runEntryRule(rule, infra, input)),
    ...runNames(input, names),
    ...fileRules.flatMap((rule) => runFileRule(rule, input)),
  ]);
}

/**
 * Runs the rules about names. `merged` holds the other sections; its servers are not looked at. Where there are too many servers to be
 * read, that is the one problem: what so many share is of no use to anybody, and takes long to find.
 */
export function runNames(merged: MergedInfra, names: ServerNames): readonly Finding[] {
  const run = (rule: NamesRule): readonly Finding[] => {
    const sections = [...listSections(rule), 'servers' as const];
    const context = { infra: sectionsOf(rule.reads, merged.infra), locate: merged.locate, isBroken: narrowBroken(sections, merged), names };
    return rule.check(context).map((diagnostic): Finding => [rule, diagnostic]);
  };
  const excess = run(checkServerCount);
  return excess.length > 0 ? excess : namesRules.flatMap(run);
}

/** Runs a rule about the file as a whole. */
export function runFileRule(rule: FileRule, { infra, locate, isBroken }: MergedInfra): readonly Finding[] {
  const context = { infra: sectionsOf(rule.reads, infra), locate, isBroken: narrowBroken(rule.reads, { infra, locate, isBroken }) };
  return rule.check(context).map((diagnostic): Finding => [rule, diagnostic]);
}

/** Runs a rule about entries for those of `infra`, which may be a part of the merged file. */
export function runEntryRule(rule: EntryRule, infra: Partial<InfraFile>, input: RuleInput): readonly Finding[] {
  // Most files have few of the sections.
  if (!checkedSections.get(rule)?.some((section) => hasMembers(infra[section]))) return none;
  const view = viewOf(rule, infra);
  return checkView({ rule, input: narrow(rule, input), expand: createExpander(rule, view, input) }, view);
}

/** How many entries are looked at together: preparing a view costs about as much as running a rule for some of them. */
const BATCH = 32;

/**
 * What one rule finds in each of some entries of `servers`, in their order; for an entry and what the rule reads of other sections always the
 * same. `input` holds those sections; its servers are not looked at. Most entries have no problem, so they are looked at in batches: only
 * those of a batch with problems one by one.
 */
export function runForServers(
  rule: EntryRule,
  servers: readonly (readonly [name: string, entry: ServerEntry])[],
  input: RuleInput,
): readonly (readonly Finding[])[] {
  if (servers.length === 0) return [];
  const background = backgroundOf(rule, input.infra);
  const prepared: Prepared = { rule, input: narrow(rule, input), expand: createExpander(rule, background, input) };
  const check = (some: typeof servers): readonly Finding[] => checkView(prepared, { ...background, servers: toServers(some) });
  const found: (readonly Finding[])[] = [];
  for (let start = 0; start < servers.length; start += BATCH) {
    const batch = servers.slice(start, start + BATCH);
    const findings = check(batch);
    for (const one of batch) found.push(findings.length === 0 ? none : batch.length === 1 ? findings : check([one]));
  }
  return found;
}

/** Without a prototype: of thousands of ordinary objects with other names each the engine would remember a shape each. */
function toServers(servers: readonly (readonly [name: string, entry: ServerEntry])[]): Record<string, ServerEntry> {
  const entries = Object.create(null) as Record<string, ServerEntry>;
  for (const [name, entry] of servers) entries[name] = entry;
  return entries;
}

/** A rule with what it needs, whatever entries it looks at. */
interface Prepared {
  readonly rule: EntryRule;
  readonly input: RuleInput;
  /** For rules that look at what entries inherit. */
  readonly expand: ExpandEntry | undefined;
}

const narrow = (rule: EntryRule, input: RuleInput): RuleInput => ({ ...input, isBroken: narrowBroken(listSections(rule), input) });

/** Fills entries with what the rule sees of `defaults` and sizes. */
const createExpander = ({ needs }: EntryRule, infra: InfraFile, { locate }: RuleInput): ExpandEntry | undefined =>
  needs === 'expanded' ? createEntryExpander(infra, locate) : undefined;

function checkView({ rule, input, expand }: Prepared, infra: InfraFile): readonly Finding[] {
  const entries = expand ? listServers(infra).map(([name, entry]) => expand(name, entry)) : [];
  const diagnostics = rule.check({ ...input, infra, entries });
  return diagnostics.length === 0 ? none : diagnostics.map((diagnostic): Finding => [rule, diagnostic]);
}
