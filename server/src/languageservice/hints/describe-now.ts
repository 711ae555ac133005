import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { toAddress } from '#schemas/infra/names.ts';
import type { ServerNow } from '#schemas/protocol/live-metrics.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';
import { joinTexts } from '../schema/hardware-text.ts';

/**
 * What the servers of an entry are doing, as far as the client has told; undefined when nothing is known. Of several servers
 * the highest of each figure: that is the one somebody looks for.
 */
export function describeNow(entry: ExpandedEntry, request: LanguageRequest): Text | undefined {
  const { metrics } = request.values;
  const known = metrics ? listKnown(entry, metrics) : [];
  return known.length === 0 ? undefined : joinTexts(listNow(known, entry.instances.length, request));
}

const listKnown = ({ instances }: ExpandedEntry, metrics: ReadonlyMap<string, ServerNow>): readonly ServerNow[] =>
  instances.flatMap((name) => metrics.get(toAddress('server', name)) ?? []);

function listNow(known: readonly ServerNow[], count: number, request: LanguageRequest): readonly Text[] {
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
