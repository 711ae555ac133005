import { CompletionItemKind } from 'vscode-languageserver-types';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { findDataCentre } from '#core/infra/resolve/find-data-centre.ts';
import { isOffered } from '#core/infra/resolve/find-image.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import { verbatim } from '#schemas/text/text.ts';
import { findText } from '../cursor/scanned.ts';
import { listPools } from '../schema/hardware-text.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** Data centres by their title; where a title is taken twice, by the technical name. */
export function suggestDataCentres({ request }: SuggestionPlace): readonly Suggestion[] {
  const centres = request.values.catalog?.value.dataCentres ?? [];
  return centres.map((centre) => {
    const { title, techTitle, shortTitle, city } = centre;
    const isAmbiguous = centres.filter((other) => other.title === title).length > 1;
    return {
      label: isAmbiguous ? `${title} (${techTitle})` : title,
      kind: CompletionItemKind.EnumMember,
      insert: { text: isAmbiguous ? techTitle : title },
      detail: verbatim([isAmbiguous ? title : techTitle, shortTitle, city, listPools(centre).join(', ')].filter(Boolean).join(' · ')),
      words: [title, techTitle, shortTitle, city],
      data: { kind: 'data-centre', techTitle },
    };
  });
}

/** Images that the entry's data centre offers, by display name; where that is taken twice, by technical name or id. */
export function suggestImages(place: SuggestionPlace): readonly Suggestion[] {
  const all = place.request.values.catalog?.value.images ?? [];
  const dc = findEntryCentre(place)?.techTitle;
  const images = dc === undefined ? all : all.filter((image) => isOffered(image, dc));
  const count = (key: 'displayName' | 'name', word: string): number => images.filter((image) => image[key] === word).length;
  return images.map(({ id, name, displayName, family }) => {
    const isAmbiguous = count('displayName', displayName) > 1;
    // An ambiguous name is an error of the file; the id never is.
    const insert = isAmbiguous ? (count('name', name) > 1 ? { code: String(id) } : { text: name }) : { text: displayName };
    return {
      label: isAmbiguous ? `${displayName} (${name})` : displayName,
      kind: CompletionItemKind.EnumMember,
      insert,
      detail: verbatim([name, family].filter(Boolean).join(' · ')),
      words: [displayName, name, String(id)],
      data: { kind: 'image', id },
    };
  });
}

/** Pools that the data centre has; both while it is not known. */
export function suggestPools(place: SuggestionPlace, pools: readonly Suggestion[]): readonly Suggestion[] {
  const centre = place.cursor.path[0] === 'sizes' ? undefined : findEntryCentre(place);
  return centre ? pools.filter(({ label }) => listPools(centre).includes(label)) : pools;
}

/** Data centre of the entry around the cursor, by its own line or the defaults. */
function findEntryCentre({ document, cursor, request }: SuggestionPlace): DataCentre | undefined {
  const catalog = request.values.catalog?.value;
  const entry: ValuePath = cursor.path[0] === 'defaults' ? ['defaults'] : cursor.path.slice(0, 2);
  const name = findText(cursor.root, [...entry, 'dc']) ?? document.analysis.definitions.infra.defaults?.dc;
  const found = catalog && name !== undefined ? findDataCentre(catalog, name) : undefined;
  return found?.kind === 'found' ? found.thing : undefined;
}
