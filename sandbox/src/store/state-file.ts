import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { type SandboxState, sandboxState } from './state-schema.ts';

/** Where the sandbox keeps its state between two starts. */
export interface StateFile {
  /** Undefined when there is none yet. Throws {@link SandboxProblem} `bad-state` for a file that is not ours. */
  load(): Promise<SandboxState | undefined>;
  /** Resolves when the state is on disk, whole; concurrent calls are written one after the other. */
  save(state: SandboxState): Promise<void>;
}

/** State in `DIR/state.json`, readable by its owner only: it holds the passwords of the servers. */
export const createStateFile = (stateDir: string): StateFile => {
  const path = join(stateDir, 'state.json');
  return {
    async load() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
      try {
        return sandboxState.parse(JSON.parse(text));
      } catch (error) {
        throw new SandboxProblem('bad-state', t('{0} is not a state file of the sandbox. Remove it to start anew.', path), error);
      }
    },
    async save(state) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFileAtomic(path, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    },
  };
};

/** No file: the state lives as long as the process. */
export const memoryStateFile: StateFile = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() };
