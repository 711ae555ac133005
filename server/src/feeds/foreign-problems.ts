import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';

/** Problems that documents find in other files: what they include, a price table. Kept by file: a question about one costs no walk through all. */
export class ForeignProblems {
  readonly #filesOf = new Map<object, ReadonlySet<string>>();
  readonly #byFile = new Map<string, Map<object, readonly Diagnostic[]>>();

  /** Replaces what one document found. Gives the files about which something else is to be said now. */
  set(owner: object, problems: readonly Diagnostic[]): ReadonlySet<string> {
    const before = this.#filesOf.get(owner);
    if (!before && problems.length === 0) return new Set();
    const byFile = new Map<string, Diagnostic[]>();
    for (const problem of problems) {
      const file = problem.source?.file;
      if (file === undefined) continue;
      const found = byFile.get(file) ?? [];
      found.push(problem);
      byFile.set(file, found);
    }
    const files = new Set([...(before ?? []), ...byFile.keys()]);
    const changed = [...files].filter((file) => JSON.stringify(this.#byFile.get(file)?.get(owner)) !== JSON.stringify(byFile.get(file)));
    for (const file of files) this.#replace(file, owner, byFile.get(file));
    if (byFile.size === 0) this.#filesOf.delete(owner);
    else this.#filesOf.set(owner, new Set(byFile.keys()));
    return new Set(changed);
  }

  /** A document is closed. Gives the files about which something else is to be said now. */
  remove(owner: object): ReadonlySet<string> {
    const files = this.#filesOf.get(owner) ?? new Set<string>();
    for (const file of files) this.#replace(file, owner, undefined);
    this.#filesOf.delete(owner);
    return files;
  }

  /** What all documents found in a file; what several of them found stands there once. */
  list(file: string): readonly Diagnostic[] {
    const found = new Map<string, Diagnostic>();
    for (const problems of this.#byFile.get(file)?.values() ?? []) {
      for (const problem of problems) found.set(JSON.stringify(problem), problem);
    }
    return [...found.values()];
  }

  #replace(file: string, owner: object, problems: readonly Diagnostic[] | undefined): void {
    const owners = this.#byFile.get(file) ?? new Map<object, readonly Diagnostic[]>();
    if (problems) this.#byFile.set(file, owners.set(owner, problems));
    else owners.delete(owner);
    if (owners.size === 0) this.#byFile.delete(file);
  }
}
