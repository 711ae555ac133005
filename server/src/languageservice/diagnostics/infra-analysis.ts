import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import type { FileReader } from '#core/ports/files.ts';
import { createEntryExpander } from '#core/infra/expand/expand-entry.ts';
import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { MAX_INFRA_BYTES, type Overlay } from '#core/infra/load/read-text.ts';
import { listServers } from '#core/infra/load/list-servers.ts';
import { mergeDocuments, type MergedInfra } from '#core/infra/load/merge-documents.ts';
import { listNamedFiles, lookForFiles, toRuleInput, type FilesSeen } from '#core/infra/rules/named-files.ts';
import { inOrder, runNames } from '#core/infra/rules/run-rules.ts';
import type { Finding, RuleInput } from '#core/infra/rules/scope/rule.ts';
import { ServerNames } from '#core/infra/rules/scope/server-names.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { Chunk, SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import type { SectionIndex } from '../document/section-index.ts';
import { mapRanges, toAbsolute } from '../document/local-range.ts';
import { readDefinitions, type Definitions } from './definitions.ts';
import { listNames, readEntryName, type NamedSection } from '../document/entry-names.ts';
import { salvageServer } from './salvage-server.ts';
import { judgeReading, readWholeText, type TextReading } from './judge-text.ts';
import { judgeDefinitions } from './definition-facts.ts';
import { isSameSeen, listPaths } from './named-paths.ts';
import type { ServerJudge } from './server-facts.ts';
import { ServerSweep } from './server-sweep.ts';
import { hideIncluded, listKeyProblems, noSurroundings, readIncludes, readKeys, type Surroundings } from './surroundings.ts';
import { listDuplicates, listSyntaxErrors, listWarnings } from './syntax-diagnostics.ts';

const noFiles: FilesSeen = new Map();

/**
 * The problems of one model, kept from edit to edit. What the rules say about a server is kept with its chunk until the
 * chunk or something it refers to changes; what they say about all names together, until a name changes.
 */
export class InfraAnalysis {
  readonly #model: InfraDocumentModel;
  readonly #sweep: ServerSweep;
  #surroundings: Surroundings = noSurroundings;
  #definitions: Definitions | undefined;
  #draft: Definitions | undefined;
  #seen: FilesSeen = noFiles;
  #judge: { readonly by: Definitions; readonly judge: ServerJudge } | undefined;
  #ofDefinitions: { readonly by: ServerJudge; readonly findings: readonly Finding[] } | undefined;
  #ofNames: { readonly by: Definitions; readonly revision: number; readonly findings: readonly Finding[] } | undefined;
  #reading: { readonly revision: number; readonly reading: TextReading } | undefined;

  constructor(model: InfraDocumentModel) {
    this.#model = model;
    this.#sweep = new ServerSweep(model);
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
    const seen = await lookForFiles(files, this.#model.file, this.#listPaths(), forget ? noFiles : this.#seen);
    if (!isSameSeen(seen, this.#seen)) this.#seen = seen;
  }

  /** Every problem of the document, in reading order: what reading the whole file would find. */
  getDiagnostics(): readonly Diagnostic[] {
    const { state } = this;
    switch (state) {
      case 'whole':
        return judgeReading(this.#readWhole(), this.#surroundings, this.#seen).map((diagnostic) => mapRanges(diagnostic, toAbsolute));
      case 'broken':
        return this.#finish(listSyntaxErrors(this.#model.chunks));
      case 'sound':
        return this.#finish(this.#judgeAll());
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

  /**
   * The file with its includes as it is understood now, without server entries that are chunks; ranges are today's.
   * While some of the text is broken, its broken entries are there as they last were.
   */
  get definitions(): MergedInfra {
    return toCurrent(this.#merge());
  }

  /** Names that a section defines, in the order of the text, then those of included files. Broken entries count by their first line. */
  entryNames(section: NamedSection): readonly string[] {
    const names = listNames(this.#model, section);
    // Servers are many, and no included file has any.
    if (section === 'servers' && names.length > 0) return names;
    return [...new Set([...names, ...Object.keys(this.definitions.infra[section] ?? {})])];
  }

  /** An entry of `servers` with what it inherits; its ranges are today's. Fields with mistakes are as if they were not there. */
  expandedOf(name: string): ExpandedEntry | undefined {
    const chunk = this.#model.index.sections.get('servers')?.entries?.get(name);
    return chunk ? this.expandedAt(chunk) : this.#expand(name, this.#merge().infra.servers?.[name]);
  }

  /** The same for the entry of `servers` that a chunk holds, or last held before it broke. */
  expandedAt(chunk: Chunk): ExpandedEntry | undefined {
    if (chunk.role !== 'entry' || chunk.section !== 'servers') return undefined;
    const known = this.#model.lastSoundOf(chunk);
    if (known) return this.#expand(known.content.name, salvageServer(known));
    // Only the whole text tells what such an entry means.
    const name = readEntryName(chunk);
    return name === undefined ? undefined : this.#expand(name, this.#merge().infra.servers?.[name]);
  }

  #expand(name: string, entry: ServerEntry | undefined): ExpandedEntry | undefined {
    if (!entry) return undefined;
    const { infra, locate } = this.definitions;
    return createEntryExpander(infra, locate)(name, entry);
  }

  #finish(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return sortDiagnostics(
      diagnostics.map((diagnostic) => mapRanges(diagnostic, toAbsolute)),
      this.#model.file,
    );
  }

  #judgeAll(): readonly Diagnostic[] {
    const definitions = this.#readDefinitions();
    const { frame, merged } = definitions;
    const judge = this.#readJudge(definitions);
    this.#sweep.update(judge);
    const { chunks, index } = this.#model;
    const isOrderly = index.repetitions.length === 0;
    // Without repeated names every chunk but servers without problems is looked at.
    const looked = isOrderly ? [...listDefinitionChunks(index), ...this.#sweep.noisy] : chunks;
    const syntax = [...listWarnings(looked), ...listDuplicates(looked, index.repetitions, listLive(this.#model))];
    if (frame.value.version === undefined) return [...syntax, ...frame.diagnostics];
    const shape: Diagnostic[] = [...this.#sweep.listShapeProblems()];
    for (const { name, entries } of index.sections.values()) {
      if (!entries || name === 'servers') continue;
      for (const chunk of entries.values()) shape.push(...judgeEntry(chunk).diagnostics);
    }
    const rules = inOrder([...this.#judgeDefinitions(judge), ...this.#sweep.listFindings(), ...this.#judgeNames(definitions)]);
    const around = this.#surroundings;
    const ofMerged = hideIncluded([...listKeyProblems(merged, around.keys), ...rules], around);
    return [...syntax, ...frame.diagnostics, ...shape, ...around.diagnostics, ...ofMerged];
  }

  #readDefinitions(): Definitions {
    this.#definitions = readDefinitions(this.#model, this.#surroundings, this.#definitions);
    return this.#definitions;
  }

  #readJudge(by: Definitions): ServerJudge {
    const { judge } = this.#judge ?? {};
    const { shape } = by;
    if (judge && this.#judge?.by === by && judge.seen === this.#seen) return judge;
    this.#judge = { by, judge: { input: this.#toInput(by), shape, seen: this.#seen } };
    return this.#judge.judge;
  }

  #toInput = ({ merged }: Pick<Definitions, 'merged'>): RuleInput => toRuleInput(merged, () => this.#seen);

  /** Everything but names and the servers that are chunks. */
  #judgeDefinitions(by: ServerJudge): readonly Finding[] {
    if (this.#ofDefinitions?.by !== by) {
      this.#ofDefinitions = { by, findings: judgeDefinitions(by.input, this.#model.index) };
    }
    return this.#ofDefinitions.findings;
  }

  #judgeNames(by: Definitions): readonly Finding[] {
    const revision = this.#model.namesRevision;
    if (this.#ofNames?.by === by && this.#ofNames.revision === revision) return this.#ofNames.findings;
    const findings = runNames(by.merged, new ServerNames(this.#readServers(by), by.merged.locate));
    this.#ofNames = { by, revision, findings };
    return findings;
  }

  /** Entries of `servers` without mistakes of form, by their names, in the order of the text. */
  #readServers({ merged }: Definitions): ReadonlyMap<string, ServerEntry> {
    const chunks = this.#model.index.sections.get('servers')?.entries;
    if (!chunks) return new Map(listServers(merged.infra));
    const servers = new Map<string, ServerEntry>();
    for (const [name, chunk] of chunks) {
      const entry = judgeEntry(chunk).data as ServerEntry | undefined;
      if (entry) servers.set(name, entry);
    }
    return servers;
  }

  /** Files that the document names, as it writes them. */
  #listPaths(): Iterable<string> {
    return this.state === 'sound' ? listPaths(this.#readDefinitions().merged, this.#model.index) : listNamedFiles(this.#merge().infra);
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

  /** Definitions of a broken text. Kept apart: what is known about servers under the last sound ones will hold again. */
  #readDraft(): Definitions {
    this.#draft = readDefinitions(this.#model, this.#surroundings, this.#draft ?? this.#definitions);
    return this.#draft;
  }

  #merge(): MergedInfra {
    if (this.state === 'sound') return this.#readDefinitions().merged;
    if (this.state === 'broken') return this.#readDraft().merged;
    return mergeDocuments([this.#readMain(), ...this.#surroundings.includes]);
  }

  /** What decides about the includes: the chunk that names them. Without chunks, the text. */
  #includedBy(): unknown {
    if (this.state === 'broken') return this.#surroundings.includedBy;
    if (this.state === 'sound') return this.#model.index.sections.get('include')?.head;
    return `${this.#model.revision}`;
  }
}

/** All chunks of the index but server entries. */
const listDefinitionChunks = ({ sections }: SectionIndex): readonly SoundChunk[] =>
  [...sections.values()].flatMap(({ name, head, entries }) => [head, ...(entries && name !== 'servers' ? entries.values() : [])]);

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

/** The same with ranges as they are now. */
const toCurrent = (merged: MergedInfra): MergedInfra => ({ ...merged, locate: (path, part) => toAbsolute(merged.locate(path, part)) });

const emptyDocument = ({ file, locate }: InfraDocumentModel) => ({
  parsed: { file, text: '', value: undefined, locate, diagnostics: [] },
  value: {},
  broken: new Set<string>(),
  diagnostics: [],
});
