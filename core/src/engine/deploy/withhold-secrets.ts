import type { Inventory } from '#schemas/ansible/inventory.ts';

/** Names of variables whose values are secret, whatever they look like. */
const SECRET_NAME = /passw(or)?d|passphrase|secret|token|api_?key|private_?key|credential/i;
/** Names of what only leads to a secret. */
const PLACE_NAME = /_(file|path|dir|env|name|length|ttl)$/i;
/** A number under a name that ends so is a secret, such as a PIN; `token_seconds` is none. */
const NUMBER_NAME = /(passw(or)?d|passphrase|secret|token|api_?key|private_?key)$/i;

/** Whether a variable of this name and value is one nobody may see. A template or a locked text is no secret itself. */
export function isSecretVariable(name: string, value: unknown): value is string | number {
  if (typeof value === 'number') return NUMBER_NAME.test(name);
  if (typeof value !== 'string' || value === '' || value.includes('{{') || value.startsWith('$ANSIBLE_VAULT;')) return false;
  return SECRET_NAME.test(name) && !PLACE_NAME.test(name);
}

/** Secrets of a run: environment variable → value. They reach Ansible by its environment and are written nowhere. */
export type Withheld = Map<string, string>;

/**
 * Takes the values of secret variables out: in their place stands a lookup of an environment variable. What is written to
 * disk then holds no secret; `withheld` collects the values.
 */
export function withholdSecrets<Value>(value: Value, withheld: Withheld): Value {
  return visit(value, '', withheld) as Value;
}

/** The inventory without secrets. */
export const withholdFromInventory = (inventory: Inventory, withheld: Withheld): Inventory => withholdSecrets(inventory, withheld);

function visit(value: unknown, name: string, withheld: Withheld): unknown {
  if (isSecretVariable(name, value)) {
    const text = String(value);
    const known = [...withheld].find(([, secret]) => secret === text)?.[0];
    const variable = known ?? `ICT_SECRET_${withheld.size + 1}`;
    withheld.set(variable, text);
    return `{{ lookup('ansible.builtin.env', '${variable}') }}`;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => visit(item, name, withheld));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, key, withheld)]));
}

/** How many of them are too short to be masked in what Ansible prints: they would be ordinary words elsewhere. */
export const countShort = (withheld: Withheld): number => [...withheld.values()].filter((secret) => secret.length < MIN_LENGTH).length;

/** Shorter values are hidden only where their name stands: elsewhere they may be ordinary words. */
const MIN_LENGTH = 6;

/** A text of YAML without the values of secret variables of `data`, which was read from it. For texts that are kept. */
export function maskSecretVariables(text: string, data: unknown): string {
  const withheld: Withheld = new Map();
  withholdSecrets(data, withheld);
  const spellings = [...withheld.values()]
    .flatMap((secret) => [...listSpellings(secret), secret.replaceAll("'", "''")])
    .filter((spelling) => spelling.trim() !== '')
    .sort((a, b) => b.length - a.length);
  const mask = (line: string): string =>
    spellings.reduce(
      (masked, spelling) => (spelling.length >= MIN_LENGTH || SECRET_NAME.test(masked) ? masked.replaceAll(spelling, '***') : masked),
      line,
    );
  return text.split('\n').map(mask).join('\n');
}

/** A secret in the forms in which Ansible may print it: as it is, escaped as in JSON, and line by line. */
export const listSpellings = (secret: string): readonly string[] => [
  ...new Set([secret, JSON.stringify(secret).slice(1, -1), ...secret.split(/\r?\n/)]),
];
