import type { DeployTarget } from './deploy-target.ts';

/**
 * A path as the value of an option of ssh: several may stand there, so that a space parts them; `%` begins a token, and
 * quotes and backslashes mean something (ssh_config(5)).
 */
export function quoteSshPath(path: string): string {
  const text = path.replaceAll('%', '%%');
  return /[\s'"\\]/.test(text) ? `"${text.replace(/["\\]/g, String.raw`\$&`)}"` : text;
}

/** Arguments of `ssh` for a host: its pinned keys and nothing else decide whether it is the right one. */
export const listSshArguments = (target: DeployTarget, knownHosts: string, command: readonly string[]): readonly string[] => [
  '-o',
  `UserKnownHostsFile=${quoteSshPath(knownHosts)}`,
  '-o',
  'GlobalKnownHostsFile=/dev/null',
  '-o',
  'StrictHostKeyChecking=yes',
  ...(target.keyFile === undefined ? [] : ['-i', target.keyFile]),
  '-p',
  String(target.port),
  '-l',
  target.user,
  '--',
  target.ip,
  ...command,
];
