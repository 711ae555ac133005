import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { Locate, ValuePath } from '../parse/position-tree.ts';
import { isMapping } from '../validate/schema-kind.ts';
import type { InfraDocument } from './infra-document.ts';

/** Several documents as one. */
export interface MergedInfra {
  readonly infra: InfraFile;
  readonly locate: Locate;
  /** Whether something was left out because of a mistake in it: no second message about it. */
  isBroken(section: string, name?: string): boolean;
}

/** Sections with named entries that an include may define: the strongest document that has a name gives the whole entry. */
const shared = ['sizes', 'ssh_keys', 'notify'] as const;

/** Lays documents over each other, the strongest first. */
export function mergeDocuments(documents: readonly InfraDocument[]): MergedInfra {
  const [main, ...includes] = documents;
  const weakestFirst = [...includes].reverse();
  const broken = new Set(documents.flatMap((document) => [...document.broken]));
  const merged: Record<string, unknown> = { version: 1, project: 'project', ...main?.value };
  for (const section of shared) {
    const entries = Object.assign({}, ...[...weakestFirst, ...(main ? [main] : [])].map((document) => document.value[section]));
    if (Object.keys(entries as object).length > 0) merged[section] = entries;
  }
  const defaults = [...weakestFirst, ...(main ? [main] : [])].flatMap((document) => document.value.defaults ?? []);
  if (defaults.length > 0) merged['defaults'] = { ...Object.assign({}, ...defaults), ...mergeVars(defaults) };
  return {
    infra: merged as InfraFile,
    locate: createMergedLocate(documents),
    isBroken: (section, name) => broken.has(section) || (name !== undefined && broken.has(`${section}.${name}`)),
  };
}

/** Variables are merged one by one, so that an include can hold those that all projects share. */
function mergeVars(defaults: readonly { readonly vars?: Readonly<Record<string, unknown>> | undefined }[]): {
  vars?: Record<string, unknown>;
} {
  const all = defaults.flatMap(({ vars }) => vars ?? []);
  return all.length === 0 ? {} : { vars: Object.assign({}, ...all) };
}

/** Finds a path in the strongest document that has its entry; what nobody has is looked for in the main file. */
function createMergedLocate(documents: readonly InfraDocument[]): Locate {
  const [main] = documents;
  if (!main) return () => ({ file: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  if (documents.length === 1) return main.parsed.locate;
  return (path, part) => {
    const depth = path[0] === 'defaults' && path[1] === 'vars' ? 3 : 2;
    const owner = documents.find((document) => hasPath(document.parsed.value, path.slice(0, depth))) ?? main;
    return owner.parsed.locate(path, part);
  };
}

function hasPath(value: unknown, path: ValuePath): boolean {
  let current = value;
  for (const segment of path) {
    if (!isMapping(current) || !Object.hasOwn(current, segment)) return false;
    current = current[segment];
  }
  return true;
}
