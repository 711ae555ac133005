import { type SandboxStatus, sandboxStatus } from '../control/sandbox-status.ts';
import { callControl } from './call-control.ts';
import { readSandboxFile } from './sandbox-file.ts';

/** Whether a sandbox works over a state folder, and how it is doing. */
export type SandboxReport =
  | { readonly kind: 'running'; readonly endpoint: string; readonly token: string; readonly status: SandboxStatus }
  | { readonly kind: 'stopped' };

/** Asks the sandbox itself: a file left by a killed process, or a stranger on its port, counts as stopped. */
export const readStatus = async (stateDir: string): Promise<SandboxReport> => {
  const file = await readSandboxFile(stateDir);
  if (file === undefined || file.pid === null) return { kind: 'stopped' };
  const answer = await callControl(file, 'GET', '/status');
  const status = sandboxStatus.safeParse(answer?.value);
  if (!status.success || status.data.pid !== file.pid) return { kind: 'stopped' };
  return { kind: 'running', endpoint: file.endpoint, token: file.token, status: status.data };
};
