import { t } from '#schemas/text/text.ts';
import { CONTROL_PREFIX } from '../control/control-prefix.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { readSandboxFile, type SandboxFile } from './sandbox-file.ts';

/** How long a sandbox on this machine may take to answer, milliseconds. */
const ANSWER_MS = 5_000;

/** The parsed answer of a control endpoint; undefined when nothing answers there, or not with 2xx. */
export const callControl = async (
  file: SandboxFile,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly value: unknown } | undefined> => {
  try {
    const answer = await fetch(`${file.endpoint}${CONTROL_PREFIX}${path}`, {
      method,
      headers: { authorization: `Bearer ${file.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: answer.status, value: await answer.json() };
  } catch {
    return undefined;
  }
};

/** The file of a sandbox that should be running; throws {@link SandboxProblem} `not-running`. */
export const requireSandboxFile = async (stateDir: string): Promise<SandboxFile> => {
  const file = await readSandboxFile(stateDir);
  if (file === undefined || file.pid === null) throw notRunning();
  return file;
};

export const notRunning = (): SandboxProblem => new SandboxProblem('not-running', t('The sandbox is not running.'));
