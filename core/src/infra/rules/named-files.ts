import type { FileReader } from '#core/ports/files.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { MergedInfra } from '../load/merge-documents.ts';
import { entryRules } from './run-rules.ts';
import { viewOf } from './scope/rule-view.ts';
import type { RuleInput } from './scope/rule.ts';

/** Files that an infra file names, by their paths as it writes them: where they are, and whether they are there. */
export type FilesSeen = ReadonlyMap<string, { readonly path: string; readonly exists: boolean }>;

/** Paths that the rules ask for about a file or a part of it, as they are written, each once. */
export const listNamedFiles = (infra: Partial<InfraFile>): readonly string[] => [
  ...new Set(entryRules.flatMap((rule) => (rule.needs === 'files' ? rule.listFiles(viewOf(rule, infra)) : []))),
];

/** Looks for files that the infra file at `file` names, except those that are known. */
export async function lookForFiles(files: FileReader, file: string, paths: Iterable<string>, known: FilesSeen): Promise<FilesSeen> {
  const seen = new Map<string, { readonly path: string; readonly exists: boolean }>();
  for (const name of paths) {
    const path = files.resolve(name, file);
    seen.set(name, known.get(name) ?? { path, exists: await files.exists(path) });
  }
  return seen;
}

/** A merged file with what is known of the files it names: as it was when the rule asks. */
export const toRuleInput = ({ infra, locate, isBroken }: MergedInfra, getSeen: () => FilesSeen): RuleInput => ({
  infra,
  locate,
  isBroken,
  resolvePath: (path) => getSeen().get(path)?.path ?? path,
  fileExists: (path) => getSeen().get(path)?.exists,
});
