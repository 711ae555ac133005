import { InlayHintKind, type InlayHint, type Position, type Range } from 'vscode-languageserver-types';
import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { costOfServer } from '#core/infra/prices/cost-of-server.ts';
import { t, verbatim, type Text } from '#schemas/text/text.ts';
import { findChunkIndex } from '../cursor/find-chunk.ts';
import { findLineEnd } from '../cursor/scan-text.ts';
import { isSound, type Chunk } from '../document/chunk.ts';
import { toAbsolute } from '../document/local-range.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { describeNow } from './describe-now.ts';
import { joinTexts, listHardware } from '../schema/hardware-text.ts';
import { describeStaleness } from '../values/describe-age.ts';
import { findTechTitle, isDrift, listLiveServers, panelFields, readPanelValue, type PanelField } from '../values/panel-values.ts';

/** Longer names of data centres are cut: a hint must not push the line away. */
const MAX_NAME = 24;

/**
 * What the server entries in a range come to: hardware, data centre and price behind the name; names made by `count`; what
 * the panel says where it differs. Nothing outside of the range is looked at.
 */
export function listHints(document: OpenDocument, range: Range, request: LanguageRequest): readonly InlayHint[] {
  const { chunks } = document.model;
  const hints: InlayHint[] = [];
  for (let at = Math.max(0, findChunkIndex(chunks, range.start.line)); at < chunks.length; at += 1) {
    const chunk = chunks[at];
    if (!chunk || chunk.anchor.line > range.end.line || request.signal.aborted) break;
    const entry = document.analysis.expandedAt(chunk);
    if (entry) hints.push(...listEntryHints(document, chunk, entry, request));
  }
  return hints.filter(({ position }) => position.line >= range.start.line && position.line <= range.end.line);
}

function listEntryHints(document: OpenDocument, chunk: Chunk, entry: ExpandedEntry, request: LanguageRequest): readonly InlayHint[] {
  const nameEnd: Position = { line: chunk.anchor.line, character: findLineEnd(chunk.text, 0) };
  // While an entry is broken only its first line stands where it stood.
  const placeOf = (field: string): Position =>
    isSound(chunk) && Object.hasOwn(entry.entry, field)
      ? toAbsolute(chunk.content.locate(['servers', entry.name, field], 'value')).end
      : nameEnd;
  return [
    // A difference comes first: editors cut the hints of a line off after some forty characters.
    ...listDrift(entry, request).map(({ field, text, tooltip }) => ({
      ...toHint(placeOf(field), placeOf(field) === nameEnd ? { text: '{0} {1}', args: [field, text] } : text, request),
      ...(tooltip === undefined ? {} : { tooltip }),
    })),
    summaryHint(nameEnd, entry, request),
    ...listNames(entry).map((names) => toHint(placeOf('count'), names, request)),
  ].filter(({ label }) => label !== '');
}

/**
 * What the entry comes to; where it is known what its servers are doing, that takes its place, and it moves to the tooltip:
 * editors cut the hints of a line off after some forty characters.
 */
function summaryHint(position: Position, entry: ExpandedEntry, request: LanguageRequest): InlayHint {
  const now = describeNow(entry, request);
  const summary = toHint(position, joinTexts(summarize(entry, request)), request);
  if (!now) return summary;
  const texts = [request.render(now), request.render(joinTexts(summarize(entry, request)))];
  return { ...toHint(position, now, request), tooltip: texts.filter((text) => text !== '').join('\n\n') };
}

const toHint = (position: Position, text: Text, { render }: LanguageRequest): InlayHint => ({
  position,
  label: render(text),
  kind: InlayHintKind.Type,
  paddingLeft: true,
});

/** `2 × 1 core`, `1 GB`, `10 GB SSD`, `Xelent`, `640 RUB a month`. */
function summarize(entry: ExpandedEntry, request: LanguageRequest): readonly Text[] {
  const { values, instances } = entry;
  const hardware = listHardware({ ...values, disk_type: values.disk === undefined ? undefined : values.disk_type });
  const [first, ...rest] = hardware;
  if (!first) return [];
  const counted = entry.entry.count === undefined ? first : { text: '{0} × {1}', args: [instances.length, first] };
  const dc = values.dc === undefined ? [] : [verbatim(values.dc.length > MAX_NAME ? `${values.dc.slice(0, MAX_NAME - 1)}…` : values.dc)];
  return [counted, ...rest, ...dc, ...listPrice(entry, request)];
}

/** Roubles a month of all servers of an entry, by the user's own table; none when it has no line for them. */
function listPrice({ values, instances }: ExpandedEntry, { values: known, language }: LanguageRequest): readonly Text[] {
  const { cpu, ram, disk, disk_type: diskType = 'SSD', pool = 'base', dc } = values;
  if (!known.prices || cpu === undefined || ram === undefined || disk === undefined || dc === undefined) return [];
  const centres = known.catalog?.value.dataCentres ?? [];
  const priced = { cpu, ramMb: ram, diskGb: disk, diskType, pool, dc: findTechTitle(dc, known) ?? dc };
  const roubles = costOfServer(priced, known.prices.value, centres);
  if (roubles === undefined) return [];
  const sum = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(roubles * instances.length);
  return [t('{0} RUB a month', sum)];
}

/** Names made by `count`. */
function listNames({ entry, instances }: ExpandedEntry): readonly Text[] {
  const [first] = instances;
  const last = instances.at(-1);
  if (entry.count === undefined || first === undefined || last === undefined) return [];
  return [verbatim(instances.length <= 2 ? instances.join(', ') : `${first} … ${last}`)];
}

interface Drift {
  readonly field: PanelField;
  readonly text: Text;
  readonly tooltip: string | undefined;
}

/** Fields for which the panel says something else. Servers of one entry that agree are one value. */
function listDrift(entry: ExpandedEntry, request: LanguageRequest): readonly Drift[] {
  const servers = listLiveServers(entry, request.values);
  const { live } = request.values;
  if (!live || servers.length === 0) return [];
  const age = describeStaleness(live, request);
  return panelFields.flatMap((field) => {
    const drifted = servers.filter((server) => isDrift(entry, server, field, request.values));
    const shown = [...new Set(drifted.map((server) => readPanelValue(server, field, request.values)))].filter(
      (value) => value !== undefined,
    );
    if (shown.length === 0) return [];
    const tooltip = [drifted.map(({ name }) => name).join(', '), ...(age === undefined ? [] : [request.render(t('Read {0}.', age))])].join(
      '. ',
    );
    return [{ field, text: t('panel: {0}', shown.join(', ')), tooltip }];
  });
}
