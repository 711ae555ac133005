import type { TextEdit } from 'vscode-languageserver-types';
import { readEntryName } from '../document/entry-names.ts';
import { formatRam } from '#core/infra/rules/entries/hardware-limits.ts';
import { t } from '#schemas/text/text.ts';
import type { OpenDocument } from '../open-document.ts';
import type { Remedy } from './fix-context.ts';
import { LineEditor } from './line-editor.ts';

const hardware = ['cpu', 'ram', 'disk', 'disk_type'] as const;

/** Moves the hardware of a server entry to a size of its own; undefined when the entry has none, or a size already. */
export function extractSize(document: OpenDocument, server: string): Remedy | undefined {
  const editor = LineEditor.of(document, 'servers', server);
  const path = ['servers', server];
  const fields = hardware.flatMap((field) => {
    const code = editor?.readCode([...path, field]);
    return code === undefined ? [] : [[field, code] as const];
  });
  if (!editor || fields.length < 2 || editor.readCode([...path, 'size']) !== undefined) return undefined;
  const known = new Set(document.analysis.entryNames('sizes'));
  const name = nameSize(server, known);
  const definition = addSize(document, name, `{ ${fields.map(([field, code]) => `${field}: ${code}`).join(', ')} }`);
  const edits = editor.replaceMembers(
    path,
    fields.map(([field]) => field),
    [['size', name]],
  );
  return definition && edits.length > 0 ? { title: t('Extract size `{0}`', name), edits: [...definition, ...edits] } : undefined;
}

/** Writes the hardware of an entry's size into the entry. Fields that the entry has itself stay as they are. */
export function inlineSize(document: OpenDocument, server: string): Remedy | undefined {
  const editor = LineEditor.of(document, 'servers', server);
  const path = ['servers', server];
  const name = document.analysis.expandedOf(server)?.entry.size;
  const size = name === undefined ? undefined : document.analysis.definitions.infra.sizes?.[name];
  if (!editor || !size || editor.readCode([...path, 'size']) === undefined) return undefined;
  const { cpu, ram, disk, disk_type: diskType, pool } = size;
  const codes = {
    cpu: cpu === undefined ? undefined : String(cpu),
    ram: ram === undefined ? undefined : formatRam(ram),
    disk: disk === undefined ? undefined : `${disk} GB`,
    disk_type: diskType,
    pool,
  };
  const fields = Object.entries(codes).flatMap(([field, code]) =>
    code === undefined || editor.readCode([...path, field]) !== undefined ? [] : [[field, code] as const],
  );
  const edits = fields.length === 0 ? editor.removeMember([...path, 'size']) : editor.replaceMembers(path, ['size'], fields);
  return edits.length > 0 ? { title: t('Inline size `{0}`', name ?? ''), edits } : undefined;
}

function nameSize(server: string, known: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? server : `${server}-${number}`;
    if (!known.has(name)) return name;
  }
}

/** Edits that define a size: behind the others, or in a section of its own above the servers. */
function addSize(document: OpenDocument, name: string, code: string): readonly TextEdit[] | undefined {
  const { chunks } = document.model;
  const insert = (line: number, newText: string): readonly TextEdit[] => [
    { range: { start: { line, character: 0 }, end: { line, character: 0 } }, newText },
  ];
  const eol = chunks.some(({ text }) => text.includes('\r\n')) ? '\r\n' : '\n';
  const first = chunks.find(({ role, section }) => role === 'entry' && section === 'sizes');
  if (first) return insert(first.anchor.line, `${' '.repeat(first.indent)}${name}: ${code}${eol}`);
  const whole = chunks.find((chunk) => (chunk.role === 'section' || chunk.role === 'head') && readEntryName(chunk) === 'sizes');
  if (whole) return new LineEditor(whole).addMembers(['sizes'], [[name, code]]);
  const servers = chunks.find((chunk) => (chunk.role === 'section' || chunk.role === 'head') && readEntryName(chunk) === 'servers');
  return servers && insert(servers.anchor.line, `sizes:${eol}  ${name}: ${code}${eol}`);
}
