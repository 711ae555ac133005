import { isMapping } from '#core/infra/validate/schema-kind.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import { isSound, type Chunk } from './chunk.ts';
import type { InfraDocumentModel } from './infra-document-model.ts';
import { outlineOf } from './outline.ts';

/** Sections of the file whose entries have names of their own. */
export const namedSections = [
  'sizes',
  'ssh_keys',
  'networks',
  'servers',
  'groups',
  'alerts',
  'notify',
  'schedules',
] as const satisfies readonly (keyof InfraFile)[];
export type NamedSection = (typeof namedSections)[number];

/** Whether a top-level key is that of a section with named entries. */
export const isNamedSection = (name: string): name is NamedSection => (namedSections as readonly string[]).includes(name);

/** Names of what a chunk holds: of its one entry or section; of all that its lines show where no parser understood it. */
export function readEntryNames(chunk: Chunk): readonly string[] {
  if (isSound(chunk)) return [chunk.content.name];
  if (chunk.role === 'preamble') return [];
  return outlineOf(chunk).roots.flatMap(({ key }) => key?.text ?? []);
}

/** The first of those names. */
export const readEntryName = (chunk: Chunk): string | undefined => readEntryNames(chunk)[0];

/** Names of a section's entries in the order of the text, a name that stands twice once. */
export function listNames(model: InfraDocumentModel, section: NamedSection): readonly string[] {
  const entries = model.state === 'sound' ? model.index.sections.get(section)?.entries : undefined;
  if (entries && model.index.repetitions.length === 0) return [...entries.keys()];
  const names = new Set<string>();
  for (const chunk of model.chunks) {
    if (chunk.role === 'entry' && chunk.section === section) {
      for (const name of readEntryNames(chunk)) names.add(name);
    } else if (chunk.role === 'section' && isSound(chunk) && chunk.content.name === section && isMapping(chunk.content.value)) {
      for (const name of Object.keys(chunk.content.value)) names.add(name);
    }
  }
  return [...names];
}
