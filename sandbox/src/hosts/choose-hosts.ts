import { join } from 'node:path';
import { t, type Text } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import type { HostBackend } from './backend/host-backend.ts';
import type { ImageListener } from './packages/image-cache.ts';
import { createIsolatedBackend } from './isolated/isolated-backend.ts';
import { createNoneBackend } from './backend/none-backend.ts';
import { probeIsolated } from './isolated/probe-isolated.ts';
import { createSharedBackend, probeShared } from './shared/shared-backend.ts';

/** Which hosts are wanted; `auto` takes the best this machine can have. */
export const hostsChoices = ['auto', 'isolated', 'shared', 'none'] as const;
export type HostsChoice = (typeof hostsChoices)[number];

/** The backend there is, and why it is that one. */
export interface ChosenHosts {
  readonly backend: HostBackend;
  readonly reason: Text;
}

/** Where hosts keep their files, and who hears of images being made. */
export interface ChooseOptions {
  /** The sandbox's state folder; without it the hosts' files end with the sandbox. */
  readonly stateDir?: string;
  readonly onProgress?: ImageListener;
}

/** Opens the hosts that are wanted. Throws {@link SandboxProblem} `no-hosts` when a kind asked for by name cannot run here. */
export const chooseHosts = async (choice: HostsChoice, options: ChooseOptions = {}): Promise<ChosenHosts> => {
  if (choice === 'none') return { backend: createNoneBackend(), reason: t('No hosts were asked for.') };
  const disks = options.stateDir === undefined ? {} : { disksDir: join(options.stateDir, 'hosts') };
  const progress = options.onProgress === undefined ? {} : { onProgress: options.onProgress };
  const isolated = choice === 'shared' ? undefined : await probeIsolated();
  if (isolated?.kind === 'available') {
    const backend = await createIsolatedBackend({ ...isolated.found, ...disks, ...progress });
    return { backend, reason: t('Each server has a host of its own.') };
  }
  if (choice === 'isolated' && isolated !== undefined) {
    throw new SandboxProblem('no-hosts', t('Isolated hosts cannot run here. {0}', isolated.reason));
  }
  const shared = await probeShared();
  if (shared.kind === 'available') {
    const backend = await createSharedBackend({ ...shared.found, ...disks });
    if (isolated === undefined) return { backend, reason: t('Servers share this machine and this user.') };
    return { backend, reason: t('Servers share this machine and this user, since hosts cannot be isolated here. {0}', isolated.reason) };
  }
  if (isolated === undefined) throw new SandboxProblem('no-hosts', t('Shared hosts cannot run here. {0}', shared.reason));
  return {
    backend: createNoneBackend(),
    reason: t('This machine can have no hosts. Isolated: {0} Shared: {1}', isolated.reason, shared.reason),
  };
};
