import type { Locate } from '#core/infra/parse/position-tree.ts';
import { isSound, type Chunk, type SoundChunk } from './chunk.ts';
import { ChunkList, type Replacement, type TextPosition } from './chunk-list.ts';
import { judgeEntry } from './chunk-verdict.ts';
import { buildSectionIndex, locateIn, type SectionIndex } from './section-index.ts';

/** A range of a text; ends before `end`. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** An entry or section of the index that took the place of another. */
export interface IndexChange {
  readonly section: string;
  readonly oldName: string;
  readonly chunk: SoundChunk;
}

/** Whoever is further behind looks at everything anew. */
const MAX_CHANGES = 500;

/**
 * An infra file that is being edited. The text is kept as chunks (see `split-pieces.ts`), each parsed by itself, so that
 * an edit costs what it touches. `state` says how much of that holds:
 * - `sound`: the chunks together are what a parser of the whole text would give;
 * - `broken`: some chunks are no YAML, and the parser of the whole text would find the same mistakes in them;
 * - `whole`: chunks cannot say what the text means (anchors and merge keys, several documents, a byte order mark, a
 *   collection in brackets at the top, names that are numbers). Whoever needs the meaning parses the whole text.
 */
export class InfraDocumentModel {
  readonly file: string;
  readonly #list: ChunkList;
  #text: string | undefined;
  #index: SectionIndex | undefined;
  /** Broken chunks, and the sound ones that stand for them in the index until they are sound again. */
  readonly #lastSound = new Map<Chunk, Chunk>();
  readonly #changes: (IndexChange & { readonly revision: number })[] = [];
  /** Revision from which on all changes are known. */
  #rebuiltAt = 0;
  #revision = 0;
  #namesRevision = 0;
  #definitionsRevision = 0;
  readonly #unread = new Set<Chunk>();
  #broken = 0;
  #whole = 0;

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
    this.#list = new ChunkList(file, text);
    this.#count(this.#list.chunks, 1);
  }

  get chunks(): readonly Chunk[] {
    return this.#list.chunks;
  }

  /** Length of the text in UTF-16 units. */
  get length(): number {
    return this.#list.length;
  }

  /** The text. Joined when first asked for after an edit. */
  get text(): string {
    return (this.#text ??= this.#list.chunks.map(({ text }) => text).join(''));
  }

  /** Grows with every edit. */
  get revision(): number {
    return this.#revision;
  }

  /** Grows when names, counts or ids of servers may have changed, or a section that names servers. */
  get namesRevision(): number {
    return this.#namesRevision;
  }

  /** Grows when anything outside of server entries may have changed. */
  get definitionsRevision(): number {
    return this.#definitionsRevision;
  }

  get state(): 'sound' | 'broken' | 'whole' {
    if (this.#whole > 0) return 'whole';
    if (this.#broken > 0) return 'broken';
    return this.index.sections.size === 0 ? 'whole' : 'sound';
  }

  /** Names and their chunks, of everything that can be read. A broken entry may be there as it last was sound. */
  get index(): SectionIndex {
    return (this.#index ??= buildSectionIndex(this.#list.chunks));
  }

  /** Entries and sections of the index that were replaced after a revision; undefined when the index is another since. */
  changesSince(revision: number): readonly IndexChange[] | undefined {
    if (revision < this.#rebuiltAt) return undefined;
    if (this.#changes.length > MAX_CHANGES) {
      this.#changes.length = 0;
      this.#rebuiltAt = this.#revision;
      return undefined;
    }
    return this.#changes.filter((change) => change.revision > revision);
  }

  /** Chunks whose names only their lines tell: no parser understood them by themselves. In no order. */
  get unread(): ReadonlySet<Chunk> {
    return this.#unread;
  }

  /** The chunk that holds a line; the last one for lines behind the text, undefined for an empty text. */
  chunkAt(line: number): Chunk | undefined {
    return this.#list.chunkAt(line);
  }

  /** A chunk as it was when it last could be read: itself, or what stands for it in the index while it is broken. */
  lastSoundOf(chunk: Chunk): SoundChunk | undefined {
    const known = this.#lastSound.get(chunk) ?? chunk;
    return isSound(known) ? known : undefined;
  }

  /** Finds where something stands by its path. The range moves with its chunk: `toAbsolute` gives today's. */
  readonly locate: Locate = (path, part) => locateIn(this.index, path, part, this.file);

  /** Puts a text in the place of a range; both as the editor sends them. */
  applyChange(range: TextRange, text: string): void {
    // What stood in an entry is remembered only if it is known before the edit breaks it.
    this.#index ??= buildSectionIndex(this.#list.chunks);
    this.#replace(range, text);
  }

  #replace(range: TextRange, text: string): void {
    const replacement = this.#list.replace(range.start, range.end, text);
    this.#text = undefined;
    this.#revision += 1;
    this.#count(replacement.removed, -1);
    this.#count(replacement.added, 1);
    this.#updateIndex(replacement);
  }

  /** Puts a text at the end. */
  append(text: string): void {
    const end = { line: Number.MAX_SAFE_INTEGER, character: 0 };
    this.#replace({ start: end, end }, text);
  }

  #count(chunks: readonly Chunk[], step: number): void {
    for (const chunk of chunks) {
      const { content } = chunk;
      if (content.kind === 'sound' || content.kind === 'blank') continue;
      if (step > 0) this.#unread.add(chunk);
      else this.#unread.delete(chunk);
      if (content.kind === 'broken') this.#broken += step;
      else this.#whole += step;
    }
  }

  #updateIndex({ removed, added }: Replacement): void {
    if (removed.length === 0 && added.length === 0) return;
    const [old, now] = [removed[0], added[0]];
    if (removed.length === 1 && added.length === 1 && old && now && this.#replaceInIndex(old, now)) return;
    this.#index = undefined;
    this.#lastSound.clear();
    this.#changes.length = 0;
    this.#rebuiltAt = this.#revision;
    this.#namesRevision += 1;
    this.#definitionsRevision += 1;
  }

  /** Changes one entry or section of the index in place when it keeps its name, or cannot be read at present. */
  #replaceInIndex(previous: Chunk, now: Chunk): boolean {
    const old = this.#lastSound.get(previous) ?? previous;
    if (!isSound(old) || old.role !== now.role || old.section !== now.section || old.anchor !== now.anchor) return false;
    if (!this.#index || this.#index.repetitions.length > 0) return false;
    const isEntry = now.role === 'entry';
    const section = this.#index.sections.get(isEntry ? old.section : old.content.name);
    if (!section || (isEntry ? section.entries?.get(old.content.name) : now.role === 'section' ? section.head : undefined) !== old)
      return false;
    if (now.content.kind === 'broken') {
      this.#lastSound.delete(previous);
      this.#lastSound.set(now, old);
      return true;
    }
    if (!isSound(now)) return false;
    const oldName = old.content.name;
    const isRenamed = now.content.name !== oldName;
    if (isRenamed && section.entries?.has(now.content.name) !== false) return false;
    this.#lastSound.delete(previous);
    if (!section.entries) section.head = now;
    else if (isRenamed) section.entries = renameKey(section.entries, oldName, now);
    else section.entries.set(oldName, now);
    if (old.section !== 'servers') this.#definitionsRevision += 1;
    if (old.section !== 'servers' || isRenamed || !isSameServerName(old, now)) this.#namesRevision += 1;
    this.#changes.push({ revision: this.#revision, section: section.name, oldName, chunk: now });
    return true;
  }
}

/** The same entries in the same order, one of them under the name of its new chunk. */
function renameKey(entries: ReadonlyMap<string, SoundChunk>, oldName: string, chunk: SoundChunk): Map<string, SoundChunk> {
  const renamed = new Map<string, SoundChunk>();
  for (const [name, entry] of entries) {
    if (name === oldName) renamed.set(chunk.content.name, chunk);
    else renamed.set(name, entry);
  }
  return renamed;
}

/** Whether two states of one entry make servers of the same names and adopt nothing by id. */
function isSameServerName(old: SoundChunk, now: SoundChunk): boolean {
  const [before, after] = [judgeEntry(old).data, judgeEntry(now).data] as readonly ServerName[];
  return before !== undefined && after !== undefined && before.count === after.count && before.id === undefined && after.id === undefined;
}

type ServerName = { readonly count?: number; readonly id?: number } | undefined;
