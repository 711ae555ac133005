import { isOptional } from '#core/infra/validate/schema-kind.ts';
import { t } from '#schemas/text/text.ts';
import { findCursor } from '../cursor/find-cursor.ts';
import { findNode } from '../cursor/scanned.ts';
import { choicesOf, expectedAt, type ExpectedField } from '../schema/expected.ts';
import { quoteText } from '../schema/quote-text.ts';
import { withEdits, type FixContext, type Remedy } from './fix-context.ts';

/** Writes the keys that an entry must have, with values to begin with. */
export function addMissingKeys({ path, editor }: FixContext): readonly Remedy[] {
  const node = findNode(editor.root, path);
  const fields = expectedAt(path, editor.root)?.fields ?? [];
  const missing = fields.filter(
    ({ name, schemas, isRequired }) => isRequired && schemas.every((schema) => !isOptional(schema)) && !has(node, name),
  );
  const members = missing.map((field) => [field.name, exampleOf(field)] as const);
  const names = missing.map(({ name }) => `\`${name}\``).join(', ');
  return withEdits([{ title: t('Add {0}', names), edits: editor.addMembers(path, members) }]);
}

const has = (node: ReturnType<typeof findNode>, name: string): boolean => node?.kind === 'mapping' && node.members.has(name);

/** Values that a new required key begins with: right by form, and to be changed by the author. */
const examples: Readonly<Record<string, string>> = {
  action: 'plan',
  metric: 'cpu',
  chat: "'-1001'",
  token_env: 'TELEGRAM_TOKEN',
  url: 'https://example.org/hook',
  to: '[team@example.org]',
  from: 'ict@example.org',
  server: 'smtp.example.org',
  source: '.',
  dest: '/srv/app',
  servers: '[]',
  type: 'editor',
};

const exampleOf = ({ name, schemas }: ExpectedField): string => examples[name] ?? String(choicesOf(schemas)[0]?.value ?? "''");

/** Takes out a key that the format does not know. */
export function removeUnknownKey({ document, diagnostic, editor }: FixContext): readonly Remedy[] {
  const cursor = diagnostic.source && findCursor(document, diagnostic.source.start);
  if (cursor?.kind !== 'key') return [];
  const name = cursor.word.replaceAll(/^["']|["']$/g, '');
  return withEdits([{ title: t('Remove `{0}`', name), edits: editor.removeMember([...cursor.path, name]) }]);
}

/** A key without a value: an entry that takes everything from elsewhere is `{}`; anything else goes. */
export function fillEmptyValue({ path, editor, document, diagnostic }: FixContext): readonly Remedy[] {
  const expected = expectedAt(path, editor.root);
  const name = String(path.at(-1) ?? '');
  const canBeEmpty =
    path.length === 2 && expected !== undefined && expected.scalars.length === 0 && expected.fields.every(({ isRequired }) => !isRequired);
  const line = diagnostic.source?.start.line;
  const isOneOfMany = path.length === 2 && (document.model.index.sections.get(String(path[0]))?.entries?.size ?? 0) > 1;
  const key = editor.findKey(path);
  const at = key && { line: key.line, character: key.character + name.length + 1 };
  return withEdits([
    { title: t('Write {0}', '`{}`'), edits: canBeEmpty && at ? [{ range: { start: at, end: at }, newText: ' {}' }] : [] },
    {
      title: t('Remove `{0}`', name),
      edits: isOneOfMany && line !== undefined ? editor.removeLines(line, line) : editor.removeMember(path),
    },
  ]);
}

/** A name that stands twice: the second one goes, with all that is below it. */
export function removeDuplicateKey({ document, diagnostic, editor }: FixContext): readonly Remedy[] {
  const { source } = diagnostic;
  const { chunks } = document.model;
  const chunk =
    source &&
    chunks.find(
      ({ anchor, role, lineCount }) => role === 'entry' && anchor.line <= source.start.line && source.start.line < anchor.line + lineCount,
    );
  const cursor = source && findCursor(document, source.start);
  if (!source || cursor?.kind !== 'key') return [];
  const name = cursor.word.replaceAll(/^["']|["']$/g, '');
  const title = t('Remove the second `{0}`', name);
  if (chunk && cursor.path.length === 1)
    return withEdits([{ title, edits: editor.removeLines(source.start.line, lastTextLine(chunk.text, chunk.anchor.line)) }]);
  // In the lines the later key is the one that is remembered.
  return withEdits([{ title, edits: editor.removeMember([...cursor.path, name]) }]);
}

/** The last line of an entry that is neither blank nor a comment: those below belong to what follows. */
function lastTextLine(text: string, firstLine: number): number {
  const lines = text.split(/\r\n|\n|\r/);
  const last = lines.findLastIndex((line) => /^\s*[^\s#]/.test(line));
  return firstLine + Math.max(0, last);
}

/** A name with the characters that cannot stand in one replaced. */
export function mendName({ document, diagnostic }: FixContext): readonly Remedy[] {
  const cursor = diagnostic.source && findCursor(document, diagnostic.source.start);
  if (cursor?.kind !== 'key') return [];
  const name = cursor.word
    .replaceAll(/^["']|["']$/g, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 50);
  if (name === '') return [];
  return [{ title: t('Replace with `{0}`', name), edits: [{ range: cursor.range, newText: quoteText(name, cursor.indent < 0) }] }];
}

/** A secret among variables: read from the environment where Ansible runs. Elsewhere only the author knows what to do. */
export function moveSecret({ path, editor }: FixContext): readonly Remedy[] {
  const name = path.at(-1);
  if (typeof name !== 'string' || !path.slice(0, -1).includes('vars')) return [];
  const variable = name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  const edits = editor.replaceValue(path, `"{{ lookup('env', '${variable}') }}"`);
  return withEdits([{ title: t('Read it from the environment variable `{0}`', variable), edits }]);
}
