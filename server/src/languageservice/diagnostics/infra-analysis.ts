import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import type { FileReader } from '#core/ports/files.ts';
import { expandEntry } from '#core/infra/expand/expand-entry.ts';
import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { MAX_INFRA_BYTES, type Overlay } from '#core/infra/load/read-text.ts';
import { mergeDocuments } from '#core/infra/load/merge-documents.ts';
import { allRules } from '#core/infra/rules/all-rules.ts';
import { checkAdoptIds } from '#core/infra/rules/check-adopt-ids.ts';
import { checkGroups } from '#core/infra/rules/check-groups.ts';
import { checkInstanceNames } from '#core/infra/rules/check-instance-names.ts';
import { checkTargets } from '#core/infra/rules/check-targets.ts';
import type { Rule, RuleContext } from '#core/infra/rules/rule.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { Chunk, SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import { mapRanges, toAbsolute } from '../document/local-range.ts';
import { readDefinitions, type Definitions } from './definitions.ts';
import { judgeReading, readWholeText, type TextReading } from './judge-text.ts';
import { judgeServer, type Finding, type ServerFacts } from './server-facts.ts';
import { listKeyProblems, noSurroundings, readIncludes, readKeys, type Surroundings } from './surroundings.ts';
import { listDuplicates, listSyntaxErrors, listWarnings } from './syntax-diagnostics.ts';

/** Rules that look at the names of all servers together. */
const nameRules: readonly Rule[] = [checkTargets, checkGroups, checkInstanceNames, checkAdoptIds];
const otherRules = allRules.filter((rule) => !nameRules.includes(rule));
const order = new Map(allRules.map((rule, index) => [rule, index]));

/**
 * The problems of one model, kept from edit to edit. What the rules say about a server is kept with its chunk until the
 * chunk or something it refers to changes; what they say about all names together, until a name changes.
 */
export class InfraAnalysis {
  readonly #model: InfraDocumentModel;
  readonly #facts = new WeakMap<SoundChunk, { readonly era: object; readonly facts: ServerFacts }>();
  #surroundings: Surroundings = noSurroundings;
  #definitions: Definitions | undefined;
  #others: { readonly by: Definitions; readonly findings: readonly Finding[] } | undefined;
  #names: { readonly by: Definitions; readonly revision: number; readonly findings: readonly Finding[] } | undefined;
  #reading: { readonly revision: number; readonly reading: TextReading } | undefined;

  constructor(model: InfraDocumentModel) {
    this.#model = model;
  }

  /**
   * Reads the files that the document names, as far as that has not happened yet. Without it includes and keys count as
   * absent. `forget` reads all of them again: for when a file has changed on the disk.
   */
  async refresh(files: FileReader, overlay?: Overlay, forget = false): Promise<void> {
    // What a broken document names is not known; what it named before is likely to come back.
    if (this.state === 'broken' && !forget) return;
    const include = this.#includedBy();
    if (forget || include !== this.#surroundings.includedBy) {
      this.#surroundings = await readIncludes(files, this.#readMain(), include, overlay);
    }
    const known = this.#surroundings;
    const keys = await readKeys(files, this.#merge(), forget ? new Map() : known.keys);
    if (!hasSameKeys(keys, known.keys)) this.#surroundings = { ...this.#surroundings, keys };
  }

  /** Every problem of the document, in reading order: what reading the whole file would find. */
  getDiagnostics(): readonly Diagnostic[] {
    const { state } = this;
    switch (state) {
      case 'whole':
        return judgeReading(this.#readWhole(), this.#surroundings).map((diagnostic) => mapRanges(diagnostic, toAbsolute));
      case 'broken':
        return this.#finish(listSyntaxErrors(this.#model.chunks));
      case 'sound':
        return this.#finish(this.#judge());
      default:
        return state satisfies never;
    }
  }

  /** How the document is understood at present. A text that may be too large is looked at as a whole. */
  get state(): InfraDocumentModel['state'] {
    const { length, state } = this.#model;
    const isLarge = length * 3 > MAX_INFRA_BYTES && new TextEncoder().encode(this.#model.text).length > MAX_INFRA_BYTES;
    return isLarge ? 'whole' : state;
  }

  #finish(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return sortDiagnostics(
      diagnostics.map((diagnostic) => mapRanges(diagnostic, toAbsolute)),
      this.#model.file,
    );
  }

  #judge(): readonly Diagnostic[] {
    const definitions = this.#readDefinitions();
    const { frame, merged } = definitions;
    const { chunks, index } = this.#model;
    const live = listLive(this.#model);
    const syntax = [...listWarnings(chunks), ...listDuplicates(chunks, index.repetitions, live)];
    if (frame.value.version === undefined) return [...syntax, ...frame.diagnostics];
    const shape: Diagnostic[] = [];
    for (const { entries } of index.sections.values()) {
      if (!entries) continue;
      for (const chunk of entries.values()) {
        const { diagnostics } = judgeEntry(chunk);
        if (diagnostics.length > 0) shape.push(...diagnostics);
      }
    }
    const findings = [...this.#judgeOthers(definitions), ...this.#judgeServers(definitions), ...this.#judgeNames(definitions)];
    const rules = findings.sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0)).map(([, diagnostic]) => diagnostic);
    const around = this.#surroundings;
    return [...syntax, ...frame.diagnostics, ...shape, ...around.diagnostics, ...listKeyProblems(merged, around.keys), ...rules];
  }

  #readDefinitions(): Definitions {
    this.#definitions = readDefinitions(this.#model, this.#surroundings, this.#definitions);
    return this.#definitions;
  }

  /** Everything but names and the servers that are chunks. */
  #judgeOthers(by: Definitions): readonly Finding[] {
    if (this.#others?.by !== by) {
      const entries = expandInline(by);
      this.#others = { by, findings: run(otherRules, { ...by.merged, entries }) };
    }
    return this.#others.findings;
  }

  #judgeServers(by: Definitions): readonly Finding[] {
    const findings: Finding[] = [];
    for (const [name, chunk] of this.#model.index.sections.get('servers')?.entries ?? []) {
      const facts = this.#factsOf(name, chunk, by);
      if (facts && facts.findings.length > 0) findings.push(...facts.findings);
    }
    return findings;
  }

  #factsOf(name: string, chunk: SoundChunk, by: Definitions): ServerFacts | undefined {
    const known = this.#facts.get(chunk);
    if (known?.era === by.era) return known.facts;
    const entry = judgeEntry(chunk).data as ServerEntry | undefined;
    if (!entry) return undefined;
    const facts = judgeServer(name, entry, by.merged);
    this.#facts.set(chunk, { era: by.era, facts });
    return facts;
  }

  #judgeNames(by: Definitions): readonly Finding[] {
    const revision = this.#model.namesRevision;
    if (this.#names?.by === by && this.#names.revision === revision) return this.#names.findings;
    const entries = [...expandInline(by)];
    const adopting: Record<string, ServerEntry> = { ...by.merged.infra.servers };
    for (const [name, chunk] of this.#model.index.sections.get('servers')?.entries ?? []) {
      const facts = this.#factsOf(name, chunk, by);
      if (!facts) continue;
      entries.push(facts.expanded);
      if (facts.expanded.entry.id !== undefined) adopting[name] = facts.expanded.entry;
    }
    const infra: InfraFile = { ...by.merged.infra, servers: adopting };
    const findings = run(nameRules, { ...by.merged, infra, entries });
    this.#names = { by, revision, findings };
    return findings;
  }

  #readWhole(): TextReading {
    const { revision, file, text } = this.#model;
    if (this.#reading?.revision !== revision) this.#reading = { revision, reading: readWholeText(file, text) };
    return this.#reading.reading;
  }

  #readMain() {
    if (this.state === 'sound') return this.#readDefinitions().frame;
    const reading = this.state === 'whole' ? this.#readWhole() : undefined;
    return reading && 'document' in reading ? reading.document : emptyDocument(this.#model);
  }

  #merge() {
    if (this.state === 'sound') return this.#readDefinitions().merged;
    return mergeDocuments([this.#readMain(), ...this.#surroundings.includes]);
  }

  /** What decides about the includes: the chunk that names them. Without chunks, the text. */
  #includedBy(): unknown {
    if (this.state === 'broken') return this.#surroundings.includedBy;
    if (this.state === 'sound') return this.#model.index.sections.get('include')?.head;
    return `${this.#model.revision}`;
  }
}

const run = (rules: readonly Rule[], context: RuleContext): readonly Finding[] =>
  rules.flatMap((rule) => rule(context).map((diagnostic): Finding => [rule, diagnostic]));

/** Servers that stand in one chunk, as `servers: { … }` does. */
const expandInline = ({ merged: { infra, locate } }: Definitions): readonly ExpandedEntry[] =>
  Object.entries(infra.servers ?? {}).map(([name, entry]) => expandEntry(name, entry, infra, locate));

/** Chunks whose values count: not those under a name that stood before. */
function listLive({ index }: InfraDocumentModel): (chunk: Chunk) => boolean {
  if (index.repetitions.length === 0) return () => true;
  const live = new Set<Chunk>();
  for (const { head, entries } of index.sections.values()) {
    live.add(head);
    for (const chunk of entries?.values() ?? []) live.add(chunk);
  }
  return (chunk) => live.has(chunk);
}

const hasSameKeys = (a: Surroundings['keys'], b: Surroundings['keys']): boolean =>
  a.size === b.size && [...a].every(([key, reading]) => b.get(key) === reading);

const emptyDocument = ({ file, locate }: InfraDocumentModel) => ({
  parsed: { file, text: '', value: undefined, locate, diagnostics: [] },
  value: {},
  broken: new Set<string>(),
  diagnostics: [],
});
