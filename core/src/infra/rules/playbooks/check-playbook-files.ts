import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import { isPlaybookPath } from '#schemas/infra/playbooks.ts';
import type { DefaultsEntry } from '#schemas/infra/server-entry.ts';
import { t } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import type { EntryRule } from '../scope/rule.ts';

/** The user's own playbooks are where the file says. Paths start at the folder of the main file. */
export const checkPlaybookFiles: EntryRule = {
  scope: 'entry',
  reads: { defaults: 'each', servers: 'each' },
  needs: 'files',
  listFiles: (infra) => listPlaybookFiles(infra).map(({ path }) => path),
  check: ({ infra, locate, fileExists, resolvePath }) =>
    listPlaybookFiles(infra).flatMap(({ path, place, owner }) => {
      if (fileExists(path) !== false) return [];
      const detail = t('There is no file `{0}`.', resolvePath(path));
      return [createDiagnostic('playbook-missing', { detail, source: locate(place, 'value'), address: formatPath(owner) })];
    }),
};

/** A playbook of the user's that a file names. */
interface PlaybookFile {
  /** As it is written. */
  readonly path: string;
  readonly place: ValuePath;
  readonly owner: ValuePath;
}

/** Those of `defaults`, then those of the servers. */
const listPlaybookFiles = (infra: InfraFile): readonly PlaybookFile[] => [
  ...listOf(infra.defaults?.playbooks, ['defaults']),
  ...listServers(infra).flatMap(([name, { playbooks }]) => listOf(playbooks, ['servers', name])),
];

const listOf = (playbooks: DefaultsEntry['playbooks'], owner: ValuePath): readonly PlaybookFile[] =>
  (playbooks ?? []).flatMap((playbook, index): readonly PlaybookFile[] => {
    const place = [...owner, 'playbooks', index];
    if (typeof playbook === 'string') return isPlaybookPath(playbook) ? [{ path: playbook, place, owner }] : [];
    // With a name besides it is not certain which of the two is meant.
    const { path, name } = playbook;
    return path === undefined || name !== undefined ? [] : [{ path, place: [...place, 'path'], owner }];
  });
