import type { PlaybookRequest } from '../../ports/ansible.ts';

/** Arguments of `ansible-playbook`; `playbook` is the path. */
export const listArguments = (request: PlaybookRequest, playbook: string): string[] => [
  ...request.inventories.flatMap((path) => ['-i', path]),
  '--limit',
  `@${request.limitFile}`,
  ...(request.tags.length > 0 ? ['--tags', request.tags.join(',')] : []),
  ...(request.skipTags.length > 0 ? ['--skip-tags', request.skipTags.join(',')] : []),
  ...(request.isCheck ? ['--check', '--diff'] : []),
  ...(request.verbosity > 0 ? [`-${'v'.repeat(Math.min(request.verbosity, 4))}`] : []),
  ...(request.vaultPasswordFile === undefined ? [] : ['--vault-password-file', request.vaultPasswordFile]),
  playbook,
];

/** A command that can be pasted into a POSIX shell. */
export const toShellCommand = (words: readonly string[], variables: Readonly<Record<string, string>> = {}): string =>
  [...Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}`), ...words.map(quote)].join(' ');

const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
