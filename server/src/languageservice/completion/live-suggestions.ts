import { CompletionItemKind } from 'vscode-languageserver-types';
import { listInstances } from '#core/infra/expand/expand-entry.ts';
import { entryName } from '#schemas/infra/names.ts';
import type { ActualNetwork, ActualServer } from '#schemas/state/actual.ts';
import { verbatim, type Text } from '#schemas/text/text.ts';
import { joinTexts, listHardware } from '../schema/hardware-text.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** Ids of servers or networks of the account, those with the entry's own name first. */
export function suggestIds({ cursor, request }: SuggestionPlace, kind: 'live-server' | 'live-network'): readonly Suggestion[] {
  const entry = String(cursor.path[1] ?? '');
  const live = request.values.live?.value;
  const things = kind === 'live-server' ? (live?.servers ?? []) : (live?.networks ?? []);
  return [...things]
    .sort((a, b) => Number(b.name === entry) - Number(a.name === entry))
    .map((thing) => ({
      label: `${thing.id} (${thing.name})`,
      kind: CompletionItemKind.Reference,
      insert: { code: String(thing.id) },
      detail: describe(thing),
      words: [String(thing.id), thing.name],
      data: { kind, id: thing.id },
    }));
}

/** Names of servers or networks that the account has and the file does not: an entry of that name adopts them. */
export function suggestUnmanaged({ document, request }: SuggestionPlace, section: 'servers' | 'networks'): readonly Suggestion[] {
  const live = request.values.live?.value;
  const names = document.analysis.entryNames(section);
  const known = new Set(
    section === 'networks'
      ? names
      : names.flatMap((name) => [name, ...listInstances(name, document.analysis.expandedOf(name)?.entry.count)]),
  );
  const things: readonly (ActualServer | ActualNetwork)[] = live?.[section] ?? [];
  return things
    .filter(({ name }) => !known.has(name) && entryName.safeParse(name).success)
    .map((thing) => ({
      label: thing.name,
      kind: CompletionItemKind.Reference,
      insert: { text: thing.name },
      detail: describe(thing),
      data: { kind: section === 'servers' ? 'live-server' : 'live-network', id: thing.id },
    }));
}

function describe(thing: ActualServer | ActualNetwork): Text {
  if (!('cpu' in thing)) return verbatim([thing.name, thing.values.dc].filter(Boolean).join(' · '));
  const { cpu, ramMb, diskGb, diskType, dc } = thing;
  return joinTexts([...listHardware({ cpu, ram: ramMb, disk: diskGb, disk_type: diskType }), ...(dc === undefined ? [] : [verbatim(dc)])]);
}
