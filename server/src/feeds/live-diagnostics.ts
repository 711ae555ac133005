import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { Resolver } from '#core/infra/resolve/resolver.ts';
import type { Catalog } from '#schemas/state/actual.ts';
import { tn } from '#schemas/text/text.ts';
import { isSound, type Chunk } from '#server/languageservice/document/chunk.ts';
import { mapRanges, toAbsolute } from '#server/languageservice/document/local-range.ts';
import type { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import type { Aged } from '#server/languageservice/values/known-values.ts';

/** What was found out about chunks under one catalogue. */
interface Findings {
  readonly catalog: Catalog;
  readonly byChunk: WeakMap<Chunk, readonly Diagnostic[]>;
}

/**
 * What the catalogue says about data centres and images of a document. It may have changed since it was read, so these
 * are no errors: `ict plan` asks the provider and decides. Each chunk is judged once for a catalogue.
 */
export class LiveDiagnostics {
  #findings: Findings | undefined;

  /** Problems of a document at a moment of the monotonic clock; none while the catalogue is not known. */
  list(model: InfraDocumentModel, catalog: Aged<Catalog> | undefined, elapsedMs: number): readonly Diagnostic[] {
    if (!catalog || model.state !== 'sound') return [];
    if (this.#findings?.catalog !== catalog.value) this.#findings = { catalog: catalog.value, byChunk: new WeakMap() };
    const { byChunk } = this.#findings;
    const found: Diagnostic[] = [];
    for (const chunk of model.chunks) {
      const known = byChunk.get(chunk) ?? judge(chunk, catalog.value);
      byChunk.set(chunk, known);
      if (known.length > 0) found.push(...known);
    }
    const minutes = Math.round((elapsedMs - catalog.readAtMs) / 60_000);
    return found.map((item) => addAge(mapRanges(item, toAbsolute), minutes));
  }
}

const NONE: readonly Diagnostic[] = [];

function judge(chunk: Chunk, catalog: Catalog): readonly Diagnostic[] {
  if (!isSound(chunk)) return NONE;
  const { value, name } = chunk.content;
  const isServer = chunk.role === 'entry' && chunk.section === 'servers';
  const isNetwork = chunk.role === 'entry' && chunk.section === 'networks';
  const isDefaults = chunk.role === 'section' && name === 'defaults';
  if (!(isServer || isNetwork || isDefaults) || typeof value !== 'object' || value === null) return NONE;
  const path = isDefaults ? [name] : [chunk.section, name];
  const placeOf = (field: string) => () => ({
    // In the chunk itself: a name that stands twice leads elsewhere.
    source: chunk.content.locate([...path, field], 'value'),
    address: path.join('.'),
  });
  const { dc, image } = value as { readonly dc?: unknown; readonly image?: unknown };
  const resolver = new Resolver(catalog);
  const centre = typeof dc === 'string' && dc !== '' ? resolver.resolveDataCentre(dc, placeOf('dc')) : undefined;
  if (!isNetwork && (typeof image === 'number' || (typeof image === 'string' && image !== '')))
    resolver.resolveImage(String(image), centre?.techTitle, placeOf('image'));
  return resolver.diagnostics;
}

const addAge = (item: Diagnostic, minutes: number): Diagnostic => ({
  ...item,
  severity: 'info',
  detail: {
    text: '{0} {1}',
    args: [
      item.detail,
      tn(
        minutes,
        'What the provider offers was read {0} minute ago; `ict plan` asks again.',
        'What the provider offers was read {0} minutes ago; `ict plan` asks again.',
      ),
    ],
  },
});
