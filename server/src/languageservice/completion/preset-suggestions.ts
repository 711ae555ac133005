import { CompletionItemKind } from 'vscode-languageserver-types';
import { formatRam, limits } from '#core/infra/rules/entries/hardware-limits.ts';
import { AGENT_PORT } from '#schemas/infra/server-entry.ts';
import { MB_PER_GB } from '#schemas/infra/units.ts';
import { t, verbatim, type Text } from '#schemas/text/text.ts';
import { describeCron } from '../schema/describe-cron.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

const crons = ['0 20 * * 1-5', '0 8 * * 1-5', '0 3 * * *', '0 * * * *', '*/15 * * * *', '0 4 * * 0', '0 5 1 * *'];
const durations = ['30s', '1m', '5m', '15m', '1h', '6h', '1d'];

/** YAML that is offered as it is. */
export const toCodes = (codes: readonly string[], detail?: (code: string) => Text | undefined): readonly Suggestion[] =>
  codes.map((code) => ({ label: code, kind: CompletionItemKind.Value, insert: { code }, detail: detail?.(code) }));

const toTexts = (texts: readonly string[]): readonly Suggestion[] =>
  texts.map((text) => ({ label: text, kind: CompletionItemKind.Value, insert: { text } }));

/** Amounts of memory that are sold, smallest first. Windows needs at least 1 GB. */
export const suggestMemory = (): readonly Suggestion[] =>
  toCodes([512, 768, ...[1, 2, 3, 4, 6, 8, 12, 16].map((gb) => gb * MB_PER_GB)].map(formatRam), (code) =>
    code.endsWith('MB') ? t('Linux only') : undefined,
  );

export const suggestDisks = (): readonly Suggestion[] =>
  toCodes(
    [10, 20, 30, 40, 60, 80, 100, 120, 160, 200, limits.disk.documentedMaxGb].map((gb) => `${gb} GB`),
    (code) => (Number.parseInt(code, 10) < limits.disk.minWindowsGb ? t('Linux only') : undefined),
  );

export const suggestCores = (): readonly Suggestion[] => toCodes(['1', '2', '3', '4', '6', String(limits.cpu.documentedMax)]);

/** Cron expressions, in quotes: some could not stand without. */
export const suggestCrons = ({ request, cursor }: SuggestionPlace): readonly Suggestion[] =>
  crons.map((cron) => ({
    label: cron,
    kind: CompletionItemKind.Value,
    insert: { code: cursor.quote === '"' ? `"${cron}"` : `'${cron}'` },
    detail: describeCron(cron, request),
  }));

/** Every time zone, the provider's own first. */
export const suggestTimeZones = (): readonly Suggestion[] =>
  toTexts([...new Set(['Europe/Moscow', 'UTC', ...Intl.supportedValuesOf('timeZone')])]);

export const suggestDurations = (): readonly Suggestion[] => toCodes(durations);

/** Shares for metrics that are shares; plain numbers for the others. */
export function suggestThresholds(metric: string | undefined, isBelow: boolean): readonly Suggestion[] {
  if (metric === 'load') return toCodes(['0.5', '1', '2', '4']);
  if (metric === 'receive' || metric === 'transmit') return toCodes(['1000000', '10000000', '100000000'], () => t('bytes a second'));
  if (isBelow) return toCodes(['5%', '10%', '20%', '50%']);
  return toCodes(['50%', '75%', '80%', '85%', '90%', '95%']);
}

export const suggestExcludes = (): readonly Suggestion[] => toTexts(['.git', 'node_modules', '.env', '__pycache__', '*.log', '.venv']);

/** The name of the folder that the file stands in, as far as it can be a name. */
export function suggestProject({ document }: SuggestionPlace): readonly Suggestion[] {
  const folder = decodeName(document.uri.split('/').at(-2) ?? '');
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return name === '' ? [] : toTexts([name]);
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const environmentNames: Readonly<Record<string, string>> = {
  telegram: 'TELEGRAM_TOKEN',
  webhook: 'WEBHOOK_TOKEN',
  email: 'SMTP_PASSWORD',
};

/** The usual name for the secret of a channel. Values of the environment are never looked at. */
export const suggestEnvironmentName = (type: string | undefined): readonly Suggestion[] =>
  toTexts([environmentNames[type ?? ''] ?? 'TOKEN']);

/** Whole numbers that people mostly write, by the key's name. */
export function suggestNumbers(key: string): readonly Suggestion[] {
  switch (key) {
    case 'count':
      return toCodes(['2', '3', '4', '5']);
    case 'port':
      return toCodes([String(AGENT_PORT)], () => t('default'));
    case 'keep_releases':
      return toCodes(['5', '3', '10'], (code) => (code === '5' ? t('default') : undefined));
    case 'max_deletes':
      return toCodes(['0', '1', '2', '5'], (code) => (code === '1' ? t('default') : undefined));
    default:
      return [];
  }
}

/** Texts that people mostly write, by the key's name; of addresses and commands the usual beginning. */
export function suggestTexts(key: string): readonly Suggestion[] {
  switch (key) {
    case 'dest':
      return [toPlaceholder('/srv/', 'app')];
    case 'url':
      return [toPlaceholder('https://', 'example.org'), toPlaceholder('http://127.0.0.1:', '8080/health')];
    case 'base_url':
      return [toPlaceholder('https://', 'api.telegram.org')];
    case 'after':
      return [toPlaceholder('systemctl reload ', 'nginx'), toPlaceholder('systemctl restart ', 'app')];
    default:
      return [];
  }
}

const toPlaceholder = (start: string, rest: string): Suggestion => ({
  label: `${start}…`,
  kind: CompletionItemKind.Snippet,
  insert: { code: `${start}\${1:${rest}}` },
  detail: verbatim(`${start}${rest}`),
  words: [start],
});
