import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { t, type Text } from '#schemas/text/text.ts';
import type { Cursor } from '../cursor/find-cursor.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { valueKindAt } from '../schema/value-kind.ts';

const playbook = `---
- name: Set up
  hosts: "{{ target | default('all') }}"
  become: true
  tasks:
    - name: Check that the server answers
      ansible.builtin.ping:
`;
const contents: Readonly<Partial<Record<string, string>>> = {
  'playbook-path': playbook,
  'include-path': 'version: 1\n',
  'price-path': 'prices:\n  - { cpu: 0, ram: 0, disk: { SSD: 0, SAS: 0 } }\n',
};

/** Creates the file that a path at the cursor names, where there is none; undefined when that cannot be told or done. */
export function createMissingFile(
  document: OpenDocument,
  cursor: Cursor,
  request: LanguageRequest,
): { readonly title: Text; readonly edit: WorkspaceEdit } | undefined {
  const content = contents[valueKindAt(cursor.path) ?? ''];
  const path = cursor.word.replaceAll(/^["']|["']$/g, '');
  if (content === undefined || path === '' || path.startsWith('~') || path.endsWith('/') || !request.editor.createFiles) return undefined;
  const slash = path.lastIndexOf('/') + 1;
  const folder = request.values.listFolder(slash === 0 ? '.' : path.slice(0, slash));
  // A folder that nobody can read may hold the file.
  if (!folder && slash === 0) return undefined;
  const uri = resolveUri(path, document.uri);
  if (uri === undefined || folder?.some(({ name }) => name === path.slice(slash))) return undefined;
  const start = { line: 0, character: 0 };
  return {
    title: t('Create `{0}`', path),
    edit: {
      documentChanges: [
        { kind: 'create', uri, options: { ignoreIfExists: true } },
        { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: content }] },
      ],
    },
  };
}

function resolveUri(path: string, base: string): string | undefined {
  try {
    const url = new URL(path.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':'), base);
    return url.protocol === 'file:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
