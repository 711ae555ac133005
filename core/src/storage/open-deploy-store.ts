import { createWriteStream, type WriteStream } from 'node:fs';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import writeFileAtomic from 'write-file-atomic';
import { stringify } from 'yaml';
import { inventory as inventorySchema } from '#schemas/ansible/inventory.ts';
import { unsafeTag } from '#schemas/ansible/unsafe-text.ts';
import { DEPLOY_FORMAT, type DeployRecord, deployRecord } from '#schemas/deploy/deploy-record.ts';
import { operationEvent, type OperationEvent } from '#schemas/events/operation-event.ts';
import { hostRecords, type HostRecords, HOSTS_FORMAT, noHostRecords } from '#schemas/state/host-records.ts';
import { openOrdinaryFile } from '../files/read-ordinary-file.ts';
import type { DeployRun, DeployStore } from '../ports/deploy-store.ts';
import { StorageError } from '../ports/project-store.ts';
import { type FolderGuard, guardFolder } from './folder-guard.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { makePrivateFolder } from './private-folder.ts';
import { toProjectPaths } from './project-paths.ts';

/** What a project keeps about its hosts and deploys, beside its infra file. */
export function openDeployStore(folderOfFile: string, project: string): DeployStore {
  const paths = toProjectPaths(folderOfFile, project);
  const guard = guardFolder(folderOfFile);
  const recordOf = (run: string): string => join(paths.deploys, run, 'deploy.json');
  const readRecord = (run: string): Promise<DeployRecord | undefined> =>
    readJsonFile(recordOf(run), deployRecord, DEPLOY_FORMAT).catch((error: unknown) => {
      if (error instanceof StorageError) return undefined;
      throw error;
    });
  return {
    knownHosts: paths.knownHosts,
    readHosts: async () => {
      await guard.begin();
      return (await readJsonFile(paths.hosts, hostRecords, HOSTS_FORMAT)) ?? noHostRecords;
    },
    writeHosts: async (records) => {
      await guard.check();
      // Sorted, so that a committed file shows only what changed.
      const hosts = Object.fromEntries(Object.entries(records.hosts).sort(([a], [b]) => (a < b ? -1 : 1)));
      await writeJsonFile(paths.hosts, { ...records, hosts });
      await writeFileAtomic(paths.knownHosts, renderKnownHosts(records), { mode: 0o600 });
    },
    startDeploy: async (run) => {
      const folder = join(paths.deploys, run);
      await guard.begin();
      await guard.check();
      await makePrivateFolder(paths.deploys);
      await makePrivateFolder(folder);
      return createRun(run, folder, guard);
    },
    listDeploys: async (limit) => {
      // Names of runs begin with the time.
      const runs = (await readdir(paths.deploys).catch(() => [])).sort((a, b) => (a < b ? 1 : -1));
      const records: DeployRecord[] = [];
      for (const run of runs) {
        if (records.length >= limit) break;
        const record = await readRecord(run);
        if (record) records.push(record);
      }
      return records;
    },
    readEvents: (run) => readEvents(join(paths.deploys, run, 'events.ndjson')),
  };
}

/** Ansible reads YAML 1.1, where `no`, `12:30`, `0644` or `=` are no texts unless they stand in quotes: all texts do. */
const toYaml = (value: unknown): string =>
  stringify(value, { defaultStringType: 'QUOTE_DOUBLE', aliasDuplicateObjects: false, lineWidth: 0, customTags: [unsafeTag] });

function createRun(run: string, folder: string, guard: FolderGuard): DeployRun {
  let events: WriteStream | undefined;
  // Opened by the first event: a deploy that ends before it leaves nothing open.
  const openEvents = (): WriteStream =>
    // Its failure is shown by `finish`: a deploy goes on when its events cannot be kept.
    createWriteStream(join(folder, 'events.ndjson'), { flags: 'a', mode: 0o600 }).on('error', () => undefined);
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    // The mode counts for a new file only.
    await chmod(path, 0o600);
    return path;
  };
  return {
    run,
    writeInventory: (inventory) => write('inventory.yml', toYaml(inventorySchema.parse(inventory))),
    writeHostVars: (number, vars) => write(`vars-${number}.yml`, toYaml({ all: { hosts: Object.fromEntries(vars) } })),
    writeLimit: (number, hosts) => write(`hosts-${number}.txt`, `${hosts.join('\n')}\n`),
    appendEvent: (event) => void (events ??= openEvents()).write(`${JSON.stringify(event)}\n`),
    finish: async (record) => {
      try {
        if (events) await finished(events.end());
      } catch (error) {
        throw new StorageError('unwritable', folder, `cannot write ${folder}`, error);
      }
      await guard.check();
      await writeJsonFile(join(folder, 'deploy.json'), record);
    },
  };
}

async function* readEvents(path: string): AsyncIterable<OperationEvent> {
  const file = await openOrdinaryFile(path).catch((error: unknown) => {
    throw new StorageError('unreadable', path, `cannot read ${path}`, error);
  });
  if (!file) throw new StorageError('unreadable', path, `there is no ${path}`);
  try {
    for await (const line of file.readLines()) {
      const event = parseEvent(line);
      if (event) yield event;
    }
  } finally {
    await file.close();
  }
}

function parseEvent(line: string): OperationEvent | undefined {
  try {
    return operationEvent.safeParse(JSON.parse(line)).data;
  } catch {
    // A line that was cut off when the machine went down.
    return undefined;
  }
}

/** The pinned host keys in the form of `known_hosts` (sshd(8)): another port than 22 stands in brackets with the host. */
export function renderKnownHosts({ hosts }: HostRecords): string {
  const lines = Object.values(hosts).flatMap(({ ip, port, keys }) => keys.map((key) => `${port === 22 ? ip : `[${ip}]:${port}`} ${key}`));
  return ['# Written by ict from hosts.json. Do not edit.', ...new Set(lines), ''].join('\n');
}
