import { existsSync } from 'node:fs';
import type { SshHosts } from '../../ports/ssh-hosts.ts';
import { closeConnections } from './control-path.ts';
import { scanHostKeys } from './scan-host-keys.ts';

/** SSH of this machine. */
export const createSshHosts = (controlPathDir: string): SshHosts => ({
  scan: scanHostKeys,
  privateKeyOf: (publicKeyPath) => {
    const path = publicKeyPath.replace(/\.pub$/, '');
    return path !== publicKeyPath && existsSync(path) ? path : undefined;
  },
  closeConnections: () => closeConnections(controlPathDir),
});
