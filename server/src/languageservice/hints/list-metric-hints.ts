import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { toAddress } from '#schemas/infra/names.ts';
import type { ServerNow } from '#schemas/protocol/live-metrics.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { findChunkIndex } from '../cursor/find-chunk.ts';
import { findLineEnd } from '../cursor/scan-text.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { joinTexts } from '../schema/hardware-text.ts';

/** Behind the name of each server entry in a range what its servers are doing, as far as the client has told. */
export function listMetricHints(document: OpenDocument, range: Range, request: LanguageRequest): readonly InlayHint[] {
  const { chunks } = document.model;
  const { metrics } = request.values;
  const hints: InlayHint[] = [];
  if (!metrics) return hints;
  for (let at = Math.max(0, findChunkIndex(chunks, range.start.line)); at < chunks.length; at += 1) {
    const chunk = chunks[at];
    if (!chunk || chunk.anchor.line > range.end.line || request.signal.aborted) break;
    const entry = document.analysis.expandedAt(chunk);
    const { line } = chunk.anchor;
    if (!entry || line < range.start.line) continue;
    const known = listKnown(entry, metrics);
    const label = request.render(joinTexts(describeNow(known, entry.instances.length, request)));
    if (label !== '') hints.push({ position: { line, character: findLineEnd(chunk.text, 0) }, label, paddingLeft: true });
  }
  return hints;
}

const listKnown = ({ instances }: ExpandedEntry, metrics: ReadonlyMap<string, ServerNow>): readonly ServerNow[] =>
  instances.flatMap((name) => metrics.get(toAddress('server', name)) ?? []);

/** Of several servers the highest of each figure: that is the one somebody looks for. */
function describeNow(known: readonly ServerNow[], count: number, request: LanguageRequest): readonly Text[] {
  const live = known.filter((server) => server.state === 'live');
  const silent = known.filter((server) => server.state === 'unreachable');
  const highest = (figure: 'cpuRatio' | 'memoryRatio' | 'diskRatio'): string | undefined => {
    const ratios = live.flatMap((server) => server[figure] ?? []);
    const percent = new Intl.NumberFormat(request.language, { style: 'percent', maximumFractionDigits: 0 });
    return ratios.length === 0 ? undefined : percent.format(Math.max(...ratios));
  };
  const [cpu, memory, disk] = [highest('cpuRatio'), highest('memoryRatio'), highest('diskRatio')];
  const [first] = silent;
  const silence: readonly Text[] = !first
    ? []
    : [count === 1 ? t('unreachable since {0}', formatTime(first.since, request)) : t('{0} of {1} do not answer', silent.length, count)];
  const figures = [
    ...(cpu === undefined ? [] : [t('cpu {0}', cpu)]),
    ...(memory === undefined ? [] : [t('ram {0}', memory)]),
    ...(disk === undefined ? [] : [t('disk {0}', disk)]),
  ];
  if (figures.length === 0) return silence;
  return count === 1 ? figures : [...silence, t('at most {0}', joinTexts(figures))];
}

const formatTime = (iso: string, { language, timeZone }: LanguageRequest): string =>
  new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(Date.parse(iso));
