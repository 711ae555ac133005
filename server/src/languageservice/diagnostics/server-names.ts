import { listInstances } from '#core/infra/expand/expand-entry.ts';
import { describeExcess, limitServers } from '#core/infra/expand/limit-servers.ts';
import type { Locate } from '#core/infra/parse/position-tree.ts';
import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import { checkAdoptIds } from '#core/infra/rules/names/check-adopt-ids.ts';
import { checkGroups } from '#core/infra/rules/names/check-groups.ts';
import { checkInstanceNames, foldName, MAX_NAME_LENGTH } from '#core/infra/rules/names/check-instance-names.ts';
import { checkTargets } from '#core/infra/rules/names/check-targets.ts';
import type { Rule } from '#core/infra/rules/scope/rule.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import { type Address, toAddress } from '#schemas/infra/names.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';
import type { Finding } from './server-facts.ts';

/** Rules that look at the names of all servers together. */
export const nameRules: readonly Rule[] = [checkTargets, checkGroups, checkInstanceNames, checkAdoptIds];

/**
 * Runs those rules. Each is given only the entries that can matter to it: of thousands of servers hardly one shares a
 * name, is named by a group, or adopts something. What the rules find is what they would find with all of them.
 */
export function judgeNames(merged: MergedInfra, chunks: ReadonlyMap<string, SoundChunk>): readonly Finding[] {
  const names = new ServerNames(chunks);
  const { infra } = merged;
  const adopting: Record<string, ServerEntry> = {};
  for (const { name, entry } of names.adopting) adopting[name] = entry;
  const run = (rule: Rule, entries: readonly ExpandedEntry[], view: InfraFile = infra): readonly Finding[] =>
    rule({ ...merged, infra: view, entries }).map((diagnostic): Finding => [rule, diagnostic]);
  const excess = judgeNumber(
    names.listEntries(),
    (path, part) => chunks.get(String(path[1]))?.content.locate(path, part) ?? merged.locate(path, part),
  );
  // What so many servers share is of no use to anybody, and takes long to find.
  if (excess.length > 0) return excess;
  return [
    ...judgeTargets(names, infra, (entries, view) => run(checkTargets, entries, view)),
    ...run(checkGroups, names.ownersOf(Object.keys(infra.groups ?? {}))),
    ...run(checkInstanceNames, names.listSuspicious()),
    ...run(checkAdoptIds, names.adopting, { ...infra, servers: adopting }),
  ];
}

/** Whether there are more servers than a project may have. */
export function judgeNumber(entries: Iterable<readonly [string, ServerEntry]>, locate: Locate): readonly Finding[] {
  const { total, firstBeyond } = limitServers(entries);
  return firstBeyond === undefined
    ? []
    : [[checkInstanceNames, describeExcess(firstBeyond, total, locate(['servers', firstBeyond], 'key'))]];
}

class ServerNames {
  readonly #chunks: ReadonlyMap<string, SoundChunk>;
  /** Entries with `count`. */
  readonly #counted: string[] = [];
  readonly #long: string[] = [];
  /** Names of entries by what they are when case does not count. */
  readonly #folded = new Map<string, string[]>();
  readonly adopting: ExpandedEntry[] = [];

  constructor(chunks: ReadonlyMap<string, SoundChunk>) {
    this.#chunks = chunks;
    for (const [name, chunk] of chunks) {
      const entry = judgeEntry(chunk).data as ServerEntry | undefined;
      if (!entry) continue;
      const folded = foldName(name);
      const same = this.#folded.get(folded);
      if (same) same.push(name);
      else this.#folded.set(folded, [name]);
      if (entry.count !== undefined) this.#counted.push(name);
      if (name.length + 5 > MAX_NAME_LENGTH) this.#long.push(name);
      if (entry.id !== undefined) this.adopting.push(new NamedEntry(name, chunk, entry));
    }
  }

  /** Entries that make a server of one of some names, or have one of them. */
  ownersOf(names: readonly string[]): readonly ExpandedEntry[] {
    return this.#expand(names.flatMap((name) => this.#listOwners(name)));
  }

  /** Entries that may share the name of a server with another, or make too long ones. */
  listSuspicious(): readonly ExpandedEntry[] {
    const suspicious = [...this.#long];
    for (const names of this.#folded.values()) if (names.length > 1) suspicious.push(...names);
    for (const name of this.#counted) {
      for (const instance of listInstances(name, this.#read(name)?.count)) {
        const others = (this.#folded.get(foldName(instance)) ?? []).filter((other) => this.#read(other)?.count === undefined);
        if (others.length > 0) suspicious.push(name, ...others);
      }
    }
    return this.#expand(suspicious);
  }

  /** Names with their entries, in the order of the text. */
  *listEntries(): Iterable<readonly [string, ServerEntry]> {
    for (const name of this.#chunks.keys()) {
      const entry = this.#read(name);
      if (entry) yield [name, entry];
    }
  }

  /** Whether a name is that of an entry or of one of its servers. */
  has(name: string): boolean {
    return this.#listOwners(name).length > 0;
  }

  /** All entries, in the order of the text. */
  listAll(): readonly ExpandedEntry[] {
    const all: ExpandedEntry[] = [];
    for (const [name, chunk] of this.#chunks) {
      const entry = judgeEntry(chunk).data as ServerEntry | undefined;
      if (entry) all.push(new NamedEntry(name, chunk, entry));
    }
    return all;
  }

  /** A name is made by the entry that has it, and by at most one that numbers its servers. */
  #listOwners(name: string): readonly string[] {
    const owners = this.#read(name) ? [name] : [];
    const dash = name.lastIndexOf('-');
    const base = name.slice(0, dash);
    const count = dash > 0 ? (this.#read(base)?.count ?? 0) : 0;
    const number = Number(name.slice(dash + 1));
    if (number >= 1 && number <= count && String(number) === name.slice(dash + 1)) owners.push(base);
    return owners;
  }

  #read(name: string): ServerEntry | undefined {
    const chunk = this.#chunks.get(name);
    return chunk && (judgeEntry(chunk).data as ServerEntry | undefined);
  }

  /** In the order of the text, each once. */
  #expand(names: readonly string[]): readonly ExpandedEntry[] {
    return [...new Set(names)]
      .flatMap((name) => {
        const chunk = this.#chunks.get(name);
        const entry = this.#read(name);
        return chunk && entry ? [{ line: chunk.anchor.line, expanded: new NamedEntry(name, chunk, entry) }] : [];
      })
      .sort((a, b) => a.line - b.line)
      .map(({ expanded }) => expanded);
  }
}

/** An entry as far as those rules look at it: what it inherits is nothing to them. */
class NamedEntry implements ExpandedEntry {
  readonly name: string;
  readonly entry: ServerEntry;
  readonly values = {};
  readonly origins = {};
  readonly #chunk: SoundChunk;

  constructor(name: string, chunk: SoundChunk, entry: ServerEntry) {
    this.name = name;
    this.entry = entry;
    this.#chunk = chunk;
  }

  get instances(): readonly string[] {
    return listInstances(this.name, this.entry.count);
  }

  get addresses(): readonly Address[] {
    return this.instances.map((name) => toAddress('server', name));
  }

  get source(): SourceRange {
    return this.#chunk.content.locate(['servers', this.name], 'key');
  }

  sourceOf(): undefined {
    return undefined;
  }
}

/**
 * Lists whose names all lead somewhere need no closer look, so most often there is nothing to run. Where one does not,
 * names that come near it are offered: only then all servers count.
 */
function judgeTargets(
  names: ServerNames,
  { groups = {}, alerts = {}, schedules = {}, ...rest }: InfraFile,
  run: (entries: readonly ExpandedEntry[], view: InfraFile) => readonly Finding[],
): readonly Finding[] {
  const isDoubtful = (list: readonly string[] = []): boolean =>
    list.some((name, index) => list.indexOf(name) !== index || (!Object.hasOwn(groups, name) && !names.has(name)));
  const doubtfulAlerts = Object.entries(alerts).filter(([, { on }]) => isDoubtful(on));
  const doubtfulSchedules = Object.entries(schedules).filter(([, { targets }]) => isDoubtful(targets));
  const doubtfulGroups = Object.entries(groups).filter(([, { servers }]) => isDoubtful(servers));
  if (doubtfulAlerts.length + doubtfulSchedules.length + doubtfulGroups.length === 0) return [];
  // The names of all groups are known ones, whatever is in them.
  const emptied = Object.keys(groups).map((name) => [name, { servers: [] as string[] }] as const);
  return run(names.listAll(), {
    ...rest,
    groups: { ...Object.fromEntries(emptied), ...Object.fromEntries(doubtfulGroups) },
    alerts: Object.fromEntries(doubtfulAlerts),
    schedules: Object.fromEntries(doubtfulSchedules),
  });
}
