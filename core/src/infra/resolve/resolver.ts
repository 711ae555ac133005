import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Catalog, DataCentre, Image } from '#schemas/state/actual.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { remember } from '../remember.ts';
import { createUnknownName, listSome } from '../rules/scope/unknown-name.ts';
import { findDataCentre, type Lookup } from './find-data-centre.ts';
import { findImage } from './find-image.ts';

/** Where a value stands and the entry it is about. */
export interface Place {
  readonly source: SourceRange;
  readonly address: string;
  /** It is about objects that exist as the file has them: worth knowing, in nobody's way. Default: no. */
  readonly isSettled?: boolean;
}

/** Places are worth computing only for a problem. */
export type FindPlace = () => Place;

type NotFound<Thing> = Exclude<Lookup<Thing>, { readonly kind: 'found' }>;

/**
 * Looks names up in the catalogue and collects problems. One cause is one message: a wrong value in `defaults` or in a
 * size is reported once at its line, however many servers take it.
 */
export class Resolver {
  readonly #catalog: Catalog;
  readonly #diagnostics = new Map<string, Diagnostic>();
  readonly #centres = new Map<string, Lookup<DataCentre>>();
  readonly #images = new Map<string, Lookup<Image>>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()];
  }

  /** The data centre of a name; undefined after a problem was reported. */
  resolveDataCentre(name: string, place: FindPlace): DataCentre | undefined {
    const found = remember(this.#centres, name, () => findDataCentre(this.#catalog, name));
    if (found.kind === 'found') return found.thing;
    this.#reportDataCentre(name, found, place());
    return undefined;
  }

  /** The image of a name; `dc` is the technical name of the server's data centre, when that is known. */
  resolveImage(name: string, dc: string | undefined, place: FindPlace): Image | undefined {
    const found = remember(this.#images, `${dc} ${name}`, () => findImage(this.#catalog, name, dc));
    if (found.kind === 'found') return found.thing;
    this.#reportImage(name, found, place());
    return undefined;
  }

  /** Reports a problem unless the same one was reported at the same place. */
  report(code: DiagnosticCode, place: Place, detail: Text, fix?: { readonly title: Text; readonly newText: string }): void {
    const { source } = place;
    const fixes = fix ? [replaceFix(fix.title, source, fix.newText)] : [];
    this.#add(createDiagnostic(code, { detail, source, address: place.address, fixes }), place);
  }

  #reportDataCentre(name: string, found: NotFound<DataCentre>, place: Place): void {
    const { source } = place;
    if (found.kind === 'unknown') {
      const titles = this.#catalog.dataCentres.map(({ title }) => title);
      const unique = titles.filter((title) => titles.indexOf(title) === titles.lastIndexOf(title));
      const known = [...unique, ...this.#catalog.dataCentres.map(({ techTitle }) => techTitle)];
      const statement = t('The provider has no data centre `{0}`.', name);
      this.#add(createUnknownName('unknown-data-centre', { name, source, address: place.address }, known, statement), place);
      return;
    }
    const list = found.things.map(({ techTitle, city }) => (city ? `\`${techTitle}\` (${city})` : `\`${techTitle}\``)).join(', ');
    const detail = t('`{0}` is the title of several data centres: {1}. Write the technical name.', name, list);
    const fixes = found.things.map(({ techTitle }) => replaceFix(t('Replace with `{0}`', techTitle), source, techTitle));
    this.#add(createDiagnostic('ambiguous-data-centre', { detail, source, address: place.address, fixes }), place);
  }

  #reportImage(name: string, found: NotFound<Image>, place: Place): void {
    const { source } = place;
    if (found.kind === 'unknown') {
      const known = this.#catalog.images.flatMap(({ displayName, name: techName }) => [displayName, techName]);
      const statement = t('The provider has no image `{0}`.', name);
      this.#add(createUnknownName('unknown-image', { name, source, address: place.address }, known, statement), place);
      return;
    }
    const list = listSome(found.things.map(({ id, displayName }) => `${id} (${displayName})`));
    const detail = t('`{0}` is the name of several images: {1}. Write the id.', name, list);
    const fixes = found.things.map(({ id }) => replaceFix(t('Replace with `{0}`', id), source, String(id)));
    this.#add(createDiagnostic('ambiguous-image', { detail, source, address: place.address, fixes }), place);
  }

  /** The first of its kind at a place, but an error before a warning: another entry that shares the value may not exist yet. */
  #add(diagnostic: Diagnostic, { isSettled = false }: Place): void {
    const key = `${diagnostic.code} ${JSON.stringify(diagnostic.source)}`;
    const known = this.#diagnostics.get(key);
    if (isSettled && known) return;
    if (known?.severity === 'error') return;
    this.#diagnostics.set(key, isSettled ? asNoLongerOffered(diagnostic) : diagnostic);
  }
}

/** A problem of what exists: it stays as it is, only a new server could not be made like that. */
const asNoLongerOffered = (diagnostic: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: 'warning',
  detail: { text: '{0} {1}', args: [diagnostic.detail, t('Existing servers keep what they have; a new one could not be created.')] },
});
