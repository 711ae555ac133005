/** A program the hosts need, and the Debian package it comes from. */
export interface NeededTool {
  readonly tool: string;
  readonly package: string;
}

/** What isolated hosts need on the machine; setup scripts install the packages, the probe names the missing ones. */
export const isolatedTools: readonly NeededTool[] = [
  { tool: 'unshare', package: 'util-linux' },
  { tool: 'setpriv', package: 'util-linux' },
  { tool: 'nsenter', package: 'util-linux' },
  { tool: 'flock', package: 'util-linux' },
  { tool: 'mmdebstrap', package: 'mmdebstrap' },
  { tool: 'socat', package: 'socat' },
  { tool: 'tar', package: 'tar' },
];

/** What isolated hosts need besides when they are not started by root. */
export const rootlessTools: readonly NeededTool[] = [
  { tool: 'newuidmap', package: 'uidmap' },
  { tool: 'newgidmap', package: 'uidmap' },
];

export const sharedTools: readonly NeededTool[] = [
  { tool: 'sshd', package: 'openssh-server' },
  { tool: 'ssh-keygen', package: 'openssh-client' },
];

/** Checks the signatures of the packages an image is made of. */
export const debianKeyring = { file: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' } as const;
