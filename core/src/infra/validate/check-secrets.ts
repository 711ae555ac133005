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
  const places: ValuePath[] = [];
  collectSecrets(isMapping(value) ? { ...value, ssh_keys: undefined } : value, [], places, new Set());
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
