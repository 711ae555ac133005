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
  #revision = 0;
  #namesRevision = 0;
  #definitionsRevision = 0;
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

  /** Finds where something stands by its path. The range moves with its chunk: `toAbsolute` gives today's. */
  readonly locate: Locate = (path, part) => locateIn(this.index, path, part, this.file);

  /** Puts a text in the place of a range; both as the editor sends them. */
  applyChange(range: TextRange, text: string): void {
    const replacement = this.#list.replace(range.start, range.end, text);
    this.#text = undefined;
    this.#revision += 1;
    this.#count(replacement.removed, -1);
    this.#count(replacement.added, 1);
    this.#updateIndex(replacement);
  }

  #count(chunks: readonly Chunk[], step: number): void {
    for (const { content } of chunks) {
      if (content.kind === 'broken') this.#broken += step;
      if (content.kind === 'whole' || content.kind === 'spilled') this.#whole += step;
    }
  }

  #updateIndex({ removed, added }: Replacement): void {
    if (removed.length === 0 && added.length === 0) return;
    const [old, now] = [removed[0], added[0]];
    if (removed.length === 1 && added.length === 1 && old && now && this.#replaceInIndex(old, now)) return;
    this.#index = undefined;
    this.#lastSound.clear();
    this.#namesRevision += 1;
    this.#definitionsRevision += 1;
  }

  /** Changes one entry of the index in place when the old and the new chunk have the same name, or the new one has none yet. */
  #replaceInIndex(previous: Chunk, now: Chunk): boolean {
    const old = this.#lastSound.get(previous) ?? previous;
    const section = this.#index?.sections.get(old.section);
    if (!section?.entries || now.role !== 'entry' || old.section !== now.section || old.anchor !== now.anchor) return false;
    if (!isSound(old) || section.entries.get(old.content.name) !== old || this.index.repetitions.length > 0) return false;
    if (now.content.kind === 'broken') {
      this.#lastSound.delete(previous);
      this.#lastSound.set(now, old);
      return true;
    }
    if (!isSound(now) || now.content.name !== old.content.name) return false;
    this.#lastSound.delete(previous);
    section.entries.set(now.content.name, now);
    if (old.section !== 'servers') this.#definitionsRevision += 1;
    if (old.section !== 'servers' || !isSameServerName(old, now)) this.#namesRevision += 1;
    return true;
  }
}

/** Whether two states of one entry make servers of the same names and adopt nothing by id. */
function isSameServerName(old: SoundChunk, now: SoundChunk): boolean {
  const [before, after] = [judgeEntry(old).data, judgeEntry(now).data] as readonly ServerName[];
  return before !== undefined && after !== undefined && before.count === after.count && before.id === undefined && after.id === undefined;
}

type ServerName = { readonly count?: number; readonly id?: number } | undefined;
