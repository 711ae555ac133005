import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { FileReader } from '#core/ports/files.ts';
import { isPlaybookPath } from '#schemas/infra/playbooks.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import type { MergedInfra } from '../../load/merge-documents.ts';
import type { Locate, ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import { isMapping } from '../../validate/schema-kind.ts';

/** A playbook of the user's that a file names. */
export interface PlaybookFile {
  /** As it is written. */
  readonly path: string;
  readonly source: SourceRange;
  readonly address: string;
}

/** The user's own playbooks that `defaults` or a server entry names; the entry as it stands in the file, checked or not. */
export function listPlaybookFiles(entry: unknown, path: ValuePath, locate: Locate): readonly PlaybookFile[] {
  if (!isMapping(entry) || !Array.isArray(entry['playbooks'])) return [];
  return entry['playbooks'].flatMap((playbook: unknown, index): readonly PlaybookFile[] => {
    const place = [...path, 'playbooks', index];
    const address = formatPath(path);
    if (typeof playbook === 'string' && isPlaybookPath(playbook)) return [{ path: playbook, source: locate(place, 'value'), address }];
    // With a name besides it is not certain which of the two is meant.
    const named = isMapping(playbook) && playbook['name'] === undefined ? playbook['path'] : undefined;
    return typeof named === 'string' && named !== '' ? [{ path: named, source: locate([...place, 'path'], 'value'), address }] : [];
  });
}

/** Those of a merged file: of `defaults`, then of the servers in it. */
export const listMergedFiles = ({ infra, locate }: Pick<MergedInfra, 'infra' | 'locate'>): readonly PlaybookFile[] => [
  ...listPlaybookFiles(infra.defaults, ['defaults'], locate),
  ...listServers(infra).flatMap(([name, entry]) => listPlaybookFiles(entry, ['servers', name], locate)),
];

/** Says that a playbook is not there; `resolved` is the path that was looked at. */
export const createMissingPlaybook = ({ source, address }: PlaybookFile, resolved: string): Diagnostic =>
  createDiagnostic('playbook-missing', { detail: t('There is no file `{0}`.', resolved), source, address });

/** Looks for the user's own playbooks. Paths start at the folder of the main file. */
export async function checkPlaybookFiles(files: FileReader, file: string, merged: MergedInfra): Promise<readonly Diagnostic[]> {
  const named = listMergedFiles(merged);
  const exists = new Map<string, boolean>();
  for (const { path } of named) {
    const resolved = files.resolve(path, file);
    if (!exists.has(resolved)) exists.set(resolved, await files.exists(resolved));
  }
  return named.flatMap((playbook) => {
    const resolved = files.resolve(playbook.path, file);
    return exists.get(resolved) === false ? createMissingPlaybook(playbook, resolved) : [];
  });
}
