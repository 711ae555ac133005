import * as z from 'zod';
import { doc } from '../text/text.ts';

/** Names a project and its ledger. */
export const projectName = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/)
  .meta(doc('Name of the project: lower-case letters, digits and hyphens, at most 40. It names the ledger in `.ict/`.'));

/** Name of an entry. With `count` the instance adds `-N`; the provider is known to accept these characters. */
export const entryName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/)
  .meta(doc('Name: letters, digits, `_` and `-`, first a letter or digit, at most 50 characters.'));

/**
 * Name of a server entry or a group. Each is also an Ansible group (a server a host as well), so the names that Ansible
 * itself uses are not free.
 */
export const targetName = z
  .string()
  .regex(/^(?!(?:all|ungrouped|localhost)$)[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/)
  .meta(
    doc(
      'Name: letters, digits, `_` and `-`, first a letter or digit, at most 50 characters. `all`, `ungrouped` and `localhost` belong to Ansible.',
    ),
  );

/** Name of an environment variable that holds a secret. */
export const environmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .meta(doc('Name of the environment variable that holds the secret. The secret itself never stands in the file.'));

/** What an address can name. `key.laptop`, `network.back`, `server.web-1`. */
export const resourceKinds = ['key', 'network', 'server'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** `KIND.NAME`, the stable name of one object in plan, ledger, journal and on the command line. */
export type Address = `${ResourceKind}.${string}`;
export const address = z.templateLiteral([z.enum(resourceKinds), '.', z.string().min(1)]) as unknown as z.ZodType<Address>;

export const toAddress = (kind: ResourceKind, name: string): Address => `${kind}.${name}`;

/** Splits an address; the name may itself hold dots. */
export function splitAddress(value: Address): { kind: ResourceKind; name: string } {
  const dot = value.indexOf('.');
  return { kind: value.slice(0, dot) as ResourceKind, name: value.slice(dot + 1) };
}
