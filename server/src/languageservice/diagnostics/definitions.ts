import { judgeDocument, type InfraContent, type InfraDocument } from '#core/infra/load/infra-document.ts';
import { mergeDocuments, type MergedInfra } from '#core/infra/load/merge-documents.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import type { Section, SectionIndex } from '../document/section-index.ts';
import { readShape, usedSections, type DefinitionShape } from './definition-shape.ts';
import type { Surroundings } from './surroundings.ts';

/** What a file says outside of its server entries. */
export interface Definitions {
  /** The file with the entries of its sections left out; `value` is empty when the file is of another format. */
  readonly frame: InfraDocument;
  /** The file with its includes, without server entries that are chunks. */
  readonly merged: MergedInfra;
  /** What all this was made of: equal parts give equal definitions. */
  readonly parts: readonly unknown[];
  /** When that was last so. */
  source: { readonly revision: number; readonly surroundings: Surroundings };
  /** What the judgement of server entries depends on. The same object as long as nothing of that has changed. */
  readonly shape: DefinitionShape;
}

const SHARED = ['sizes', 'ssh_keys', 'notify'] as const;

/** Reads the definitions of a sound model; gives the earlier ones back when nothing in them has changed. */
export function readDefinitions(model: InfraDocumentModel, surroundings: Surroundings, before: Definitions | undefined): Definitions {
  // Asked several times for each letter: most often nothing outside of a server has changed.
  if (before?.source.revision === model.definitionsRevision && before.source.surroundings === surroundings) return before;
  const source = { revision: model.definitionsRevision, surroundings };
  const sections = [...model.index.sections.values()];
  const parts = [surroundings, ...sections.flatMap(listParts)];
  if (before && isSame(parts, before.parts)) {
    before.source = source;
    return before;
  }
  const frame = judgeFrame(model, sections);
  const main: InfraDocument = {
    parsed: { ...frame.parsed, value: listRawValues(frame.parsed.value, model.index) },
    value: frame.value.version === undefined ? {} : { ...frame.value, ...listData(sections) },
    broken: frame.broken,
    diagnostics: [],
  };
  const joined = mergeDocuments([main, ...surroundings.includes]);
  const merged: MergedInfra = {
    ...joined,
    isBroken: (section, name) => joined.isBroken(section, name) || (name !== undefined && isBrokenEntry(model.index, section, name)),
  };
  const broken = [...frame.broken, ...listBroken(model.index)];
  return { frame, merged, parts, source, shape: readShape(merged, broken, before?.shape) };
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((part, at) => part === b[at]);

const listParts = ({ name, head, entries }: Section): readonly unknown[] => [
  head,
  entries !== undefined,
  ...(entries && name !== 'servers' ? entries.values() : []),
];

/** Judges the file with its sections emptied. The old format is recognised by a key that would be an entry. */
function judgeFrame(model: InfraDocumentModel, sections: readonly Section[]): InfraDocument {
  const value: Record<string, unknown> = {};
  for (const { name, head, entries } of sections) {
    value[name] = entries ? (entries.has('VDC_options') ? { VDC_options: null } : {}) : head.content.value;
  }
  if ('version' in value) for (const { name, entries } of sections) if (entries) value[name] = {};
  return judgeDocument({ file: model.file, text: '', value, locate: model.locate, diagnostics: [] }, 'main');
}

function listData(sections: readonly Section[]): InfraContent {
  const content: Record<string, unknown> = {};
  for (const { name, entries } of sections) {
    if (!entries || name === 'servers') continue;
    const data = [...entries].map(([entry, chunk]) => [entry, judgeEntry(chunk).data] as const);
    content[name] = Object.fromEntries(data.filter(([, entry]) => entry !== undefined));
  }
  return content;
}

/** The values as they are written, for the question which of several files has a name. */
function listRawValues(frame: unknown, { sections }: SectionIndex): unknown {
  const values: Record<string, unknown> = { ...(frame as Record<string, unknown>) };
  for (const name of SHARED) {
    const entries = sections.get(name)?.entries;
    if (entries) values[name] = Object.fromEntries([...entries].map(([entry, { content }]) => [entry, content.value]));
  }
  return values;
}

const isBrokenEntry = ({ sections }: SectionIndex, section: string, name: string): boolean => {
  const chunk: SoundChunk | undefined = sections.get(section)?.entries?.get(name);
  return chunk !== undefined && judgeEntry(chunk).data === undefined;
};

/** Entries with mistakes in sections whose names server entries use. */
const listBroken = ({ sections }: SectionIndex): readonly string[] =>
  usedSections.flatMap((name) =>
    [...(sections.get(name)?.entries ?? [])].flatMap(([entry, chunk]) => (judgeEntry(chunk).data === undefined ? `${name}.${entry}` : [])),
  );
