import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBundledContent } from '#core/ansible/bundled-content.ts';
import { buildEnvironment } from '#core/ansible/run/run-environment.ts';
import { type AnsibleProcess, runPlaybook } from '#core/ansible/run/run-playbook.ts';
import type { CallbackEvent } from '#schemas/ansible/callback-event.ts';

/** Everything that was told of a run. */
export interface Followed {
  readonly outcome: Promise<Awaited<ReturnType<typeof runPlaybook>>>;
  readonly events: CallbackEvent[];
  readonly lines: string[];
  /** Asks it to end, as the first Ctrl-C does. */
  stop(): void;
  /** Kills it, as the second Ctrl-C does. */
  abort(): void;
  /** Processes of the run's group, found by a mark in their environment and by their group's number. */
  listGroup(): Promise<string[]>;
}

/** Runs a process as ict runs Ansible and keeps what it hears. */
export function follow(process_: AnsibleProcess, onEvent: (event: CallbackEvent) => void = () => undefined): Followed {
  const [stop, abort] = [new AbortController(), new AbortController()];
  const events: CallbackEvent[] = [];
  const lines: string[] = [];
  const mark = `ICT_TEST_MARK=${randomUUID()}`;
  const [name = '', value = ''] = mark.split('=');
  const outcome = runPlaybook(
    { ...process_, environment: { ...process_.environment, [name]: value } },
    {
      onEvent: (event) => {
        events.push(event);
        onEvent(event);
      },
      onLine: (line, stream) => void lines.push(`${stream}: ${line}`),
    },
    { stop: stop.signal, abort: abort.signal },
  );
  return {
    outcome,
    events,
    lines,
    stop: () => stop.abort(),
    abort: () => abort.abort(),
    listGroup: () => listMarked(mark),
  };
}

/** Live processes with a text in their environment: `PID GROUP command`. */
async function listMarked(mark: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((id) => /^\d+$/.test(id));
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
  const found = await Promise.all(
    ids.map(async (id) => {
      if (!(await read(`/proc/${id}/environ`)).includes(mark)) return [];
      const stat = await read(`/proc/${id}/stat`);
      const group = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] ?? '';
      return [`${id} ${group} ${(await read(`/proc/${id}/cmdline`)).replaceAll('\0', ' ')}`];
    }),
  );
  return found.flat();
}

/** A program for `sh`, in the place of Ansible. */
export const scriptProcess = (script: string): AnsibleProcess => ({
  executable: '/bin/sh',
  arguments: ['-c', script],
  environment: { PATH: process.env['PATH'] ?? '' },
  cwd: '/',
});

/** The real `ansible-playbook`, as ict starts it, working in a folder of the test. */
export function ansibleProcess(executable: string, folder: string, words: readonly string[], hostCount = 1): AnsibleProcess {
  const content = findBundledContent();
  if (content === undefined) throw new Error('no bundled playbooks');
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const { config, callbacks } = content;
  const environment = buildEnvironment({ inherited, config, callbacks, controlPathDir: join(folder, 'cp'), hostCount });
  return { executable, arguments: words, environment, cwd: folder };
}
