import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { Finding } from '#core/infra/rules/scope/rule.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import { judgeServers, type JudgedServer, type ServerFacts, type ServerJudge } from './server-facts.ts';

/**
 * The server entries of a sound model that have problems. Most have none, so after an edit only the touched entries are
 * looked at; all of them, when what they refer to has changed its shape or the order of the text has changed.
 */
export class ServerSweep {
  readonly #model: InfraDocumentModel;
  readonly #facts = new WeakMap<SoundChunk, { readonly by: ServerJudge; readonly facts: ServerFacts }>();
  readonly #noisy = new Map<string, SoundChunk>();
  #revision = -1;
  #by: ServerJudge | undefined;

  constructor(model: InfraDocumentModel) {
    this.#model = model;
  }

  /** Brings the list up to date. */
  update(by: ServerJudge): void {
    const changes = this.#by && isSameJudge(this.#by, by) ? this.#model.changesSince(this.#revision) : undefined;
    this.#revision = this.#model.revision;
    this.#by = by;
    if (changes) {
      const touched = new Map<string, SoundChunk>();
      for (const { section, oldName, chunk } of changes) {
        if (section !== 'servers') continue;
        this.#noisy.delete(oldName);
        touched.delete(oldName);
        touched.set(chunk.content.name, chunk);
      }
      this.#look([...touched.values()], by);
      return;
    }
    this.#noisy.clear();
    this.#look([...(this.#model.index.sections.get('servers')?.entries?.values() ?? [])], by);
  }

  /** Entries with problems, in no order. */
  get noisy(): Iterable<SoundChunk> {
    return this.#noisy.values();
  }

  /** What the rules say about those, each server by itself. */
  listFindings(): readonly Finding[] {
    return [...this.#noisy.values()].flatMap((chunk) => this.#facts.get(chunk)?.facts.findings ?? []);
  }

  /** What the schema says about those. */
  listShapeProblems(): readonly Diagnostic[] {
    return [...this.#noisy.values()].flatMap((chunk) => judgeEntry(chunk).diagnostics);
  }

  #look(chunks: readonly SoundChunk[], by: ServerJudge): void {
    this.#judge(chunks, by);
    for (const chunk of chunks) {
      const { name, warnings, problems } = chunk.content;
      const found = judgeEntry(chunk).diagnostics.length + warnings.length + problems.length;
      if (found + (this.#facts.get(chunk)?.facts.findings.length ?? 0) > 0) this.#noisy.set(name, chunk);
    }
  }

  /** Brings what is known about entries up to date. */
  #judge(chunks: readonly SoundChunk[], by: ServerJudge): void {
    const stale = chunks.flatMap((chunk): JudgedServer[] => {
      const known = this.#facts.get(chunk);
      const entry = judgeEntry(chunk).data as ServerEntry | undefined;
      return !entry || (known && isSameJudge(known.by, by)) ? [] : [{ chunk, entry, before: known?.facts }];
    });
    judgeServers(stale, by).forEach((facts, at) => {
      const chunk = stale[at]?.chunk;
      if (chunk) this.#facts.set(chunk, { by, facts });
    });
  }
}

/** Whether two judges say the same of every entry. */
const isSameJudge = (a: ServerJudge, b: ServerJudge): boolean => a.shape === b.shape && a.seen === b.seen;
