import type { ValuePath } from '#core/infra/parse/position-tree.ts';

/** What a text of the file names or measures, beyond its form. */
export type ValueKind =
  | 'app-source'
  | 'command'
  | 'core-count'
  | 'cron'
  | 'data-centre'
  | 'disk-size'
  | 'duration'
  | 'environment-name'
  | 'exclude-pattern'
  | 'image'
  | 'include-path'
  | 'live-network'
  | 'live-server'
  | 'memory-size'
  | 'network-name'
  | 'notify-name'
  | 'playbook'
  | 'playbook-name'
  | 'playbook-path'
  | 'playbook-tag'
  | 'pool'
  | 'price-path'
  | 'project-name'
  | 'public-key'
  | 'size-name'
  | 'ssh-key-name'
  | 'target-name'
  | 'threshold'
  | 'time-zone';

/** `*` stands for a name, `#` for a place in a list, `@` for a server entry or the defaults. */
const patterns: readonly (readonly [string, ValueKind])[] = [
  ['project', 'project-name'],
  ['@.dc', 'data-centre'],
  ['networks.*.dc', 'data-centre'],
  ['@.pool', 'pool'],
  ['sizes.*.pool', 'pool'],
  ['@.image', 'image'],
  ['@.size', 'size-name'],
  ['@.cpu', 'core-count'],
  ['sizes.*.cpu', 'core-count'],
  ['@.ram', 'memory-size'],
  ['sizes.*.ram', 'memory-size'],
  ['@.disk', 'disk-size'],
  ['sizes.*.disk', 'disk-size'],
  ['@.ssh_keys.#', 'ssh-key-name'],
  ['@.networks.#', 'network-name'],
  ['@.playbooks.#', 'playbook'],
  ['@.playbooks.#.name', 'playbook-name'],
  ['@.playbooks.#.path', 'playbook-path'],
  ['@.playbooks.#.tags.#', 'playbook-tag'],
  ['servers.*.id', 'live-server'],
  ['networks.*.id', 'live-network'],
  ['servers.*.app.source', 'app-source'],
  ['servers.*.app.exclude.#', 'exclude-pattern'],
  ['servers.*.app.after.#', 'command'],
  ['servers.*.app.health.within', 'duration'],
  ['ssh_keys.*', 'public-key'],
  ['groups.*.servers.#', 'target-name'],
  ['alerts.*.above', 'threshold'],
  ['alerts.*.below', 'threshold'],
  ['alerts.*.clear', 'threshold'],
  ['alerts.*.for', 'duration'],
  ['alerts.*.on.#', 'target-name'],
  ['alerts.*.notify.#', 'notify-name'],
  ['notify.*.token_env', 'environment-name'],
  ['notify.*.password_env', 'environment-name'],
  ['schedules.*.cron', 'cron'],
  ['schedules.*.every', 'duration'],
  ['schedules.*.timezone', 'time-zone'],
  ['schedules.*.targets.#', 'target-name'],
  ['schedules.*.notify.#', 'notify-name'],
  ['include.#', 'include-path'],
  ['prices', 'price-path'],
];

const kinds: ReadonlyMap<string, ValueKind> = new Map(
  patterns.flatMap(([pattern, kind]) =>
    (pattern.startsWith('@') ? ['defaults', 'servers.*'] : ['']).map((start) => [pattern.replace('@', start), kind] as const),
  ),
);

/** Sections whose keys are names. */
const named: ReadonlySet<string> = new Set(['sizes', 'ssh_keys', 'networks', 'servers', 'groups', 'alerts', 'notify', 'schedules']);

/** A path as a pattern: `servers.*.playbooks.#`. */
export const toPattern = (path: ValuePath): string =>
  path.map((segment, index) => (typeof segment === 'number' ? '#' : index === 1 && named.has(String(path[0])) ? '*' : segment)).join('.');

/** What the text at a path names or measures; undefined for plain words and numbers. */
export const valueKindAt = (path: ValuePath): ValueKind | undefined => kinds.get(toPattern(path));

/** Whether a path leads into `vars`, and to what they are: of a playbook, of servers, or of a group. */
export const isVariablesPath = (path: ValuePath): boolean => path.at(-1) === 'vars' && !path.slice(0, -1).includes('vars');
