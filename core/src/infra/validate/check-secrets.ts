import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ParsedYaml } from '../parse/parse-yaml.ts';
import type { ValuePath } from '../parse/position-tree.ts';
import { formatPath } from './format-path.ts';
import { isMapping } from './schema-kind.ts';
import { looksLikeSecret } from './looks-like-secret.ts';

/** Secrets that stand in the file, anywhere in it but in `ssh_keys`, where a private key gets its own message. The value is never repeated. */
export function checkSecrets({ value, locate }: ParsedYaml): readonly Diagnostic[] {
  const searched = isMapping(value) ? { ...value, ssh_keys: undefined } : value;
  // Nearly every file has none, and only a secret needs a path.
  if (!holdsSecret(searched)) return [];
  const places: ValuePath[] = [];
  collectSecrets(searched, [], places, new Set());
  return places.map((path) =>
    createDiagnostic('literal-secret', {
      detail: t(
        'The value at `{0}` looks like a token, password or private key. Name an environment variable or an Ansible vault file instead.',
        formatPath(path),
      ),
      source: locate(path, 'value'),
      address: formatPath(path),
    }),
  );
}

/** What aliases repeat is searched again: the parser limits how much that can be. */
function holdsSecret(value: unknown): boolean {
  if (typeof value === 'string') return looksLikeSecret(value);
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isMapping(value)) return false;
  for (const key in value) if (holdsSecret(value[key])) return true;
  return false;
}

function collectSecrets(value: unknown, path: ValuePath, places: ValuePath[], seen: Set<object>): void {
  if (typeof value === 'string') {
    if (looksLikeSecret(value)) places.push(path);
    return;
  }
  // An aliased value is one value: it is looked at where it first stands.
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const isList = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'string' ? looksLikeSecret(member) : typeof member === 'object') {
      collectSecrets(member, [...path, isList ? Number(key) : key], places, seen);
    }
  }
}
