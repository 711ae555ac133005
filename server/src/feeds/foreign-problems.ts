import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';

/** Problems that documents find in other files: what they include, a price table. */
export class ForeignProblems {
  readonly #byOwner = new Map<object, ReadonlyMap<string, readonly Diagnostic[]>>();

  /** Replaces what one document found. Gives the files about which something else is to be said now. */
  set(owner: object, problems: readonly Diagnostic[]): ReadonlySet<string> {
    const before = this.#byOwner.get(owner);
    if (!before && problems.length === 0) return new Set();
    const byFile = new Map<string, Diagnostic[]>();
    for (const problem of problems) {
      const file = problem.source?.file;
      if (file === undefined) continue;
      const found = byFile.get(file) ?? [];
      found.push(problem);
      byFile.set(file, found);
    }
    this.#byOwner.set(owner, byFile);
    const files = [...(before?.keys() ?? []), ...byFile.keys()];
    return new Set(files.filter((file) => JSON.stringify(before?.get(file)) !== JSON.stringify(byFile.get(file))));
  }

  /** A document is closed. Gives the files about which something else is to be said now. */
  remove(owner: object): ReadonlySet<string> {
    const files = new Set(this.#byOwner.get(owner)?.keys());
    this.#byOwner.delete(owner);
    return files;
  }

  /** What all documents found in a file; what several of them found stands there once. */
  list(file: string): readonly Diagnostic[] {
    const found = new Map<string, Diagnostic>();
    for (const byFile of this.#byOwner.values()) {
      for (const problem of byFile.get(file) ?? []) found.set(JSON.stringify(problem), problem);
    }
    return [...found.values()];
  }
}
