import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { findImage } from '#core/infra/resolve/find-image.ts';
import { limits } from '#core/infra/rules/entries/hardware-limits.ts';
import { findTechTitle } from '../values/panel-values.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import { t } from '#schemas/text/text.ts';
import { suggestDataCentres, suggestImages } from '../completion/catalog-suggestions.ts';
import { suggestProject } from '../completion/preset-suggestions.ts';
import { findCursor } from '../cursor/find-cursor.ts';
import { findNode, findText } from '../cursor/scanned.ts';
import { quoteText } from '../schema/quote-text.ts';
import { withEdits, type FixContext, type Remedy } from './fix-context.ts';

/** More choices than this are not offered one by one. */
const MAX_CHOICES = 6;

/** Hardware that an entry misses, as the smallest that is sold. */
export function addHardware({ document, path, editor, request }: FixContext): readonly Remedy[] {
  const values = document.analysis.expandedOf(String(path[1]))?.values;
  const { catalog } = request.values;
  const found =
    catalog && values?.image !== undefined ? findImage(catalog.value, values.image, findTechTitle(values.dc, request.values)) : undefined;
  const image = found?.kind === 'found' ? found.thing : undefined;
  const { minLinuxGb, minWindowsGb } = limits.disk;
  const disk = Math.max(image?.minDiskGb ?? 0, image?.family === 'Windows' ? minWindowsGb : minLinuxGb);
  const smallest = { cpu: '1', ram: '1 GB', disk: `${disk} GB` };
  const missing = (['cpu', 'ram', 'disk'] as const).filter((field) => values?.[field] === undefined);
  const sizes = document.analysis.entryNames('sizes').slice(0, MAX_CHOICES);
  const hasSize = findText(editor.root, [...path, 'size']) !== undefined;
  const list = missing.map((field) => `\`${field}: ${smallest[field]}\``).join(', ');
  return withEdits([
    {
      title: t('Add {0}', list),
      edits: editor.addMembers(
        path,
        missing.map((field) => [field, smallest[field]] as const),
      ),
    },
    ...(hasSize ? [] : sizes.map((size) => ({ title: t('Take size `{0}`', size), edits: editor.addMembers(path, [['size', size]]) }))),
  ]);
}

/** The data centre or image that an entry misses: one remedy for each that is offered. */
export function addFromCatalog(context: FixContext, field: 'dc' | 'image'): readonly Remedy[] {
  const { document, path, editor, diagnostic, request } = context;
  const found = diagnostic.source && findCursor(document, diagnostic.source.start);
  if (!found) return [];
  const place = { document, request, cursor: { ...found, path: [...path, field] } };
  const suggestions = field === 'dc' ? suggestDataCentres(place) : suggestImages(place);
  return withEdits(
    suggestions.slice(0, MAX_CHOICES).map(({ insert }) => {
      const value = 'text' in insert ? quoteText(insert.text, true) : insert.code;
      return { title: t('Add {0}', `\`${field}: ${value}\``), edits: editor.addMembers(path, [[field, value]]) };
    }),
  );
}

/** The project's name after the folder, in the line below the version. */
export function addProject({ document, diagnostic, request }: FixContext): readonly Remedy[] {
  const line = diagnostic.source?.start.line ?? 0;
  const cursor = findCursor(document, { line, character: 0 });
  if (!cursor) return [];
  const [suggestion] = suggestProject({ document, cursor, request });
  const name = suggestion?.label ?? 'project';
  const hasVersion = cursor.word === 'version';
  const at = { line: hasVersion ? line + 1 : line, character: 0 };
  return [
    { title: t('Add {0}', `\`project: ${name}\``), edits: [{ range: { start: at, end: at }, newText: `project: ${name}${cursor.eol}` }] },
  ];
}

/** An item that stands in a list twice. */
export function removeRepeated({ document, diagnostic, editor }: FixContext): readonly Remedy[] {
  const cursor = diagnostic.source && findCursor(document, diagnostic.source.start);
  if (cursor?.kind !== 'item') return [];
  return withEdits([{ title: t('Remove the second `{0}`', cursor.word), edits: editor.removeItem(cursor.path) }]);
}

/** Of two keys that exclude each other one goes; where neither stands one is written. */
export function chooseOne(
  { path, editor }: FixContext,
  pair: readonly [string, string],
  added: readonly (readonly [string, string])[],
): readonly Remedy[] {
  const node = findNode(editor.root, path);
  const present = pair.filter((key) => node?.kind === 'mapping' && node.members.has(key));
  if (present.length === 2) {
    return withEdits([...pair].reverse().map((key) => ({ title: t('Remove `{0}`', key), edits: editor.removeMember([...path, key]) })));
  }
  return withEdits(
    added.map(([key, value]) => ({ title: t('Add {0}', `\`${key}: ${value}\``), edits: editor.addMembers(path, [[key, value]]) })),
  );
}

/** Takes a key out of the entry that a problem is about, as long as it stands there. */
export const removeField = ({ path, editor }: FixContext, key: string): readonly Remedy[] =>
  withEdits([{ title: t('Remove `{0}`', key), edits: editor.removeMember([...path, key]) }]);

/** The time zone that was most likely meant. */
export function mendTimeZone({ path, editor }: FixContext): readonly Remedy[] {
  const place: ValuePath = [...path, 'timezone'];
  const word = findText(editor.root, place);
  const near = word === undefined ? undefined : findTimeZone(word);
  return near === undefined ? [] : withEdits([{ title: t('Replace with `{0}`', near), edits: editor.replaceValue(place, near) }]);
}

/** Whole names first; then a city alone, or in the wrong place, as people write them. */
function findTimeZone(word: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const near = didYouMean(word, zones);
  if (near !== undefined) return near;
  const parts = word.toLowerCase().split('/');
  return zones.find((zone) => parts.includes(zone.toLowerCase().split('/').at(-1) ?? zone));
}

/** The price table that a budget needs. */
export function addPrices({ document }: FixContext): readonly Remedy[] {
  const { chunks } = document.model;
  const before = chunks.find(({ role, text }) => role === 'section' && /^limits\b/.test(text));
  if (!before) return [];
  const at = { line: before.anchor.line, character: 0 };
  const eol = before.text.includes('\r\n') ? '\r\n' : '\n';
  return [
    { title: t('Add {0}', '`prices: prices.yaml`'), edits: [{ range: { start: at, end: at }, newText: `prices: prices.yaml${eol}` }] },
  ];
}
