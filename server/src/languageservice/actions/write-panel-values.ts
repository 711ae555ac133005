import { t } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { quoteText } from '../schema/quote-text.ts';
import { isDrift, listLiveServers, panelFields, readPanelValue, type PanelField } from '../values/panel-values.ts';
import type { Remedy } from './fix-context.ts';
import { LineEditor } from './line-editor.ts';

/**
 * Writes what the panel says into a server entry: one remedy for each field that differs, and one for all of them. Nothing
 * where servers of one entry differ among each other: one line cannot say two things. `only` is the field at the cursor.
 */
export function writePanelValues(
  document: OpenDocument,
  server: string,
  only: string | undefined,
  request: LanguageRequest,
): readonly Remedy[] {
  const { values } = request;
  const entry = document.analysis.expandedOf(server);
  const editor = LineEditor.of(document, 'servers', server);
  const servers = entry ? listLiveServers(entry, values) : [];
  const [first] = servers;
  if (!entry || !editor || !first) return [];
  const changes = panelFields.flatMap((field): readonly (readonly [PanelField, string])[] => {
    const found = new Set(servers.map((live) => readPanelValue(live, field, values)));
    const [value] = found;
    return found.size === 1 && value !== undefined && isDrift(entry, first, field, values) ? [[field, value]] : [];
  });
  const path = ['servers', server];
  const present = changes.filter(([field]) => editor.readCode([...path, field]) !== undefined);
  const write = (members: readonly (readonly [PanelField, string])[]) => {
    const codes = members.map(([field, value]) => [field, quoteText(value, true)] as const);
    const isPresent = ([field]: readonly [PanelField, string]): boolean => present.some(([other]) => other === field);
    return [
      ...codes.filter(isPresent).flatMap(([field, code]) => editor.replaceValue([...path, field], toCode(field, code))),
      ...editor.addMembers(
        path,
        codes.filter((code) => !isPresent(code)).map(([field, code]) => [field, toCode(field, code)] as const),
      ),
    ];
  };
  const shown = only === undefined ? changes : changes.filter(([field]) => field === only);
  const single = shown.map((change) => ({
    title: t('Write the value of the panel: {0}', `\`${change[0]}: ${change[1]}\``),
    edits: write([change]),
  }));
  const all = only === undefined && changes.length > 1 ? [{ title: t('Write all values of the panel'), edits: write(changes) }] : [];
  return [...single, ...all].filter(({ edits }) => edits.length > 0);
}

/** Cores are a number: no quotes. */
const toCode = (field: PanelField, code: string): string => (field === 'cpu' ? code.replaceAll("'", '') : code);
