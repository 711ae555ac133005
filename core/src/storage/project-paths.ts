import { join } from 'node:path';

/** Where a project keeps what it knows: `.ict/PROJECT/` beside the infra file. */
export interface ProjectPaths {
  readonly root: string;
  readonly gitignore: string;
  readonly folder: string;
  readonly ledger: string;
  readonly ledgerBackup: string;
  readonly lock: string;
  readonly runs: string;
  readonly history: string;
  readonly hosts: string;
  readonly knownHosts: string;
  readonly deploys: string;
  journal(run: string): string;
}

export function toProjectPaths(folderOfFile: string, project: string): ProjectPaths {
  const root = join(folderOfFile, '.ict');
  const folder = join(root, project);
  const runs = join(folder, 'runs');
  return {
    root,
    gitignore: join(root, '.gitignore'),
    folder,
    ledger: join(folder, 'ledger.json'),
    ledgerBackup: join(folder, 'ledger.json.bak'),
    lock: join(folder, 'lock'),
    runs,
    history: join(folder, 'history'),
    hosts: join(folder, 'hosts.json'),
    knownHosts: join(folder, 'known_hosts'),
    deploys: join(folder, 'deploys'),
    journal: (run) => join(runs, run, 'journal.ndjson'),
  };
}

/** Ledger and history are made to be committed; the rest belongs to this machine. */
export const GITIGNORE = `# Written by ict. Ledger, hosts and history are meant to be committed.
*/runs/
*/deploys/
*/lock*
*/metrics/
*/*.bak
*/known_hosts
`;
