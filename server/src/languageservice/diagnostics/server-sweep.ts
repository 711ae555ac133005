import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import type { DefinitionShape } from './definition-shape.ts';
import type { Definitions } from './definitions.ts';
import { judgeServer, type Finding, type ServerFacts } from './server-facts.ts';

/**
 * The server entries of a sound model that have problems. Most have none, so after an edit only the touched entries are
 * looked at; all of them, when what they refer to has changed its shape or the order of the text has changed.
 */
export class ServerSweep {
  readonly #model: InfraDocumentModel;
  readonly #facts = new WeakMap<SoundChunk, { readonly shape: DefinitionShape; readonly facts: ServerFacts }>();
  readonly #noisy = new Map<string, SoundChunk>();
  #revision = -1;
  #shape: DefinitionShape | undefined;

  constructor(model: InfraDocumentModel) {
    this.#model = model;
  }

  /** Brings the list up to date. */
  update(by: Definitions): void {
    const changes = this.#shape === by.shape ? this.#model.changesSince(this.#revision) : undefined;
    this.#revision = this.#model.revision;
    this.#shape = by.shape;
    if (changes) {
      for (const { section, oldName, chunk } of changes) {
        if (section !== 'servers') continue;
        this.#noisy.delete(oldName);
        this.#look(chunk, by);
      }
      return;
    }
    this.#noisy.clear();
    for (const chunk of this.#model.index.sections.get('servers')?.entries?.values() ?? []) this.#look(chunk, by);
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

  #look(chunk: SoundChunk, by: Definitions): void {
    const { name, warnings, problems } = chunk.content;
    const verdict = judgeEntry(chunk);
    const facts = this.#judge(chunk, verdict.data as ServerEntry | undefined, by);
    const isNoisy = verdict.diagnostics.length > 0 || warnings.length > 0 || problems.length > 0 || (facts?.findings.length ?? 0) > 0;
    if (isNoisy) this.#noisy.set(name, chunk);
  }

  #judge(chunk: SoundChunk, entry: ServerEntry | undefined, by: Definitions): ServerFacts | undefined {
    if (!entry) return undefined;
    const known = this.#facts.get(chunk);
    if (known?.shape === by.shape) return known.facts;
    const facts = judgeServer(chunk.content.name, entry, by, known?.facts);
    this.#facts.set(chunk, { shape: by.shape, facts });
    return facts;
  }
}
