import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { listInstances } from '../../expand/expand-entry.ts';
import type { Locate } from '../../parse/position-tree.ts';

/** An entry of `servers` as far as rules about names look at it: what it inherits is nothing to them. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: ServerEntry;
  /** Names of its servers. */
  readonly instances: readonly string[];
  /** Its name in the file. */
  readonly source: SourceRange;
}

/** Longest name of a server. */
export const MAX_NAME_LENGTH = 50;

/** A name as everything compares it that does not tell letters by their case: DNS, host names, file systems of macOS and Windows. */
export const foldName = (name: string): string => name.toLowerCase();

/**
 * The names of all servers, by what rules ask about them. Of thousands of entries hardly one shares a name, is named by a group, or adopts
 * something: a rule takes those that can matter to it, and {@link listAll} only when it must.
 */
export class ServerNames {
  readonly #locate: Locate;
  readonly #entries: ReadonlyMap<string, ServerEntry>;
  /** Entries with `count`. */
  readonly #counted: string[] = [];
  readonly #long: string[] = [];
  /** Names of entries by what they are when case does not count. */
  readonly #folded = new Map<string, string[]>();
  /** Entries with `id`, in the order of the text. */
  readonly adopting: readonly NamedEntry[];

  /** `entries` in the order of the text, without those that have mistakes of form. */
  constructor(entries: ReadonlyMap<string, ServerEntry>, locate: Locate) {
    this.#locate = locate;
    this.#entries = entries;
    const adopting: NamedEntry[] = [];
    for (const [name, entry] of entries) {
      const folded = foldName(name);
      const same = this.#folded.get(folded);
      if (same) same.push(name);
      else this.#folded.set(folded, [name]);
      if (entry.count !== undefined) this.#counted.push(name);
      if (name.length + COUNT_LENGTH > MAX_NAME_LENGTH) this.#long.push(name);
      if (entry.id !== undefined) adopting.push(this.#name(name, entry));
    }
    this.adopting = adopting;
  }

  /** Names with their entries, in the order of the text. */
  get entries(): ReadonlyMap<string, ServerEntry> {
    return this.#entries;
  }

  /** All entries, in the order of the text. */
  listAll(): readonly NamedEntry[] {
    return [...this.#entries].map(([name, entry]) => this.#name(name, entry));
  }

  /** Whether a name is that of an entry or of one of its servers. */
  has(name: string): boolean {
    return this.#listOwners(name).length > 0;
  }

  /** The entry that has a name, else the one that makes a server of it; undefined when there is neither. */
  ownerOf(name: string): NamedEntry | undefined {
    const [owner] = this.#listOwners(name);
    const entry = owner === undefined ? undefined : this.#entries.get(owner);
    return owner === undefined || !entry ? undefined : this.#name(owner, entry);
  }

  /** Entries that may share the name of a server with another, or make too long ones; in the order of the text. */
  listSuspicious(): readonly NamedEntry[] {
    const suspicious = new Set(this.#long);
    for (const names of this.#folded.values()) if (names.length > 1) for (const name of names) suspicious.add(name);
    for (const name of this.#counted) {
      for (const instance of listInstances(name, this.#entries.get(name)?.count)) {
        const others = (this.#folded.get(foldName(instance)) ?? []).filter((other) => this.#entries.get(other)?.count === undefined);
        if (others.length > 0) for (const one of [name, ...others]) suspicious.add(one);
      }
    }
    if (suspicious.size === 0) return [];
    return this.listAll().filter(({ name }) => suspicious.has(name));
  }

  /** A name is made by the entry that has it, and by at most one that numbers its servers. */
  #listOwners(name: string): readonly string[] {
    const owners = this.#entries.has(name) ? [name] : [];
    const dash = name.lastIndexOf('-');
    const base = name.slice(0, dash);
    const count = dash > 0 ? (this.#entries.get(base)?.count ?? 0) : 0;
    const number = Number(name.slice(dash + 1));
    if (number >= 1 && number <= count && String(number) === name.slice(dash + 1)) owners.push(base);
    return owners;
  }

  #name(name: string, entry: ServerEntry): NamedEntry {
    return new LazyEntry(name, entry, this.#locate);
  }
}

/** Length of the longest number that `count` puts behind a name: `-1000`. */
const COUNT_LENGTH = 5;

/** Names of servers and places are made when somebody asks. */
class LazyEntry implements NamedEntry {
  readonly name: string;
  readonly entry: ServerEntry;
  readonly #locate: Locate;

  constructor(name: string, entry: ServerEntry, locate: Locate) {
    this.name = name;
    this.entry = entry;
    this.#locate = locate;
  }

  get instances(): readonly string[] {
    return listInstances(this.name, this.entry.count);
  }

  get source(): SourceRange {
    return this.#locate(['servers', this.name], 'key');
  }
}
