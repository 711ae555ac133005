import { inheritedFields, type ExpandedEntry, type InheritedField } from '#core/infra/expand/expanded-infra.ts';
import { formatRam } from '#core/infra/rules/entries/hardware-limits.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';
import { describeStaleness } from '../values/describe-age.ts';
import { isPanelField, listLiveServers, readPanelValue, type PanelField } from '../values/panel-values.ts';
import { toCode } from '../values/to-markup.ts';
import { printValue } from './describe-things.ts';

/** The value that a server field has in the end, where it comes from, and what the panel says. */
export function describeEffective(entry: ExpandedEntry, field: InheritedField, file: string, request: LanguageRequest): readonly string[] {
  const { render } = request;
  const value = printEffective(entry, field);
  return [
    value === undefined ? '' : render(t('Effective: {0}, {1}.', toCode(value), describeOrigin(entry, field, file))),
    isPanelField(field) ? describePanel(entry, field, request) : '',
  ].filter((paragraph) => paragraph !== '');
}

/** Every field of an entry that somebody has given a value, with its origin: a list in Markdown. */
export function describeAllEffective(entry: ExpandedEntry, file: string, { render }: LanguageRequest): string {
  return inheritedFields
    .filter((field) => field !== 'size' && entry.origins[field] !== undefined && entry.origins[field] !== 'built-in')
    .flatMap((field) => {
      const value = printEffective(entry, field);
      return value === undefined ? [] : [`- \`${field}\`: ${toCode(value)}, ${render(describeOrigin(entry, field, file))}`];
    })
    .join('\n');
}

function printEffective({ values, origins }: ExpandedEntry, field: InheritedField): string | undefined {
  const value = values[field];
  // A size is a name: where it stands already there is nothing to add, least of all when nothing has that name.
  if (value === undefined || (field === 'size' && origins.size === 'entry')) return undefined;
  if (field === 'ram') return formatRam(Number(value));
  if (field === 'disk') return `${Number(value)} GB`;
  return printValue(value);
}

function describeOrigin(entry: ExpandedEntry, field: InheritedField, file: string): Text {
  const source = entry.sourceOf(field);
  const line = (source?.start.line ?? 0) + 1;
  const place: Text =
    source === undefined || source.file === file
      ? t('line {0}', line)
      : t('line {0} of `{1}`', line, source.file.split('/').at(-1) ?? source.file);
  const origin = entry.origins[field];
  switch (origin) {
    case 'entry':
      return t('from this entry ({0})', place);
    case 'size':
      return t('from size `{0}` ({1})', entry.values.size ?? '', place);
    case 'defaults':
      return t('from `defaults` ({0})', place);
    case 'built-in':
    case undefined:
      return t('the built-in default');
    default:
      return origin satisfies never;
  }
}

/** What the panel says, servers with the same value together. */
function describePanel(entry: ExpandedEntry, field: PanelField, request: LanguageRequest): string {
  const servers = listLiveServers(entry, request.values);
  const { live } = request.values;
  if (!live || servers.length === 0) return '';
  const byValue = new Map<string, ActualServer[]>();
  for (const server of servers) {
    const value = readPanelValue(server, field, request.values);
    if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), server]);
  }
  const shown = [...byValue].map(([value, same]) =>
    servers.length === 1 || byValue.size === 1 ? toCode(value) : `${toCode(value)} (${same.map(({ name }) => name).join(', ')})`,
  );
  if (shown.length === 0) return '';
  const age = describeStaleness(live, request);
  return request.render(
    age === undefined ? t('In the panel: {0}.', shown.join(', ')) : t('In the panel: {0}, read {1}.', shown.join(', '), age),
  );
}
