import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { FileReadError, type FileReader } from '#core/ports/files.ts';
import { toAddress } from '#schemas/infra/names.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DesiredKey } from '../desired-state.ts';
import { codeOfFailure, explainReadFailure, type ReadFile } from '../load/read-text.ts';
import { decodeText } from '../parse/decode-text.ts';
import { parsePublicKey, type PublicKeyFault } from './parse-public-key.ts';

/** A public key is a few hundred bytes; a long comment is allowed for. */
const MAX_KEY_BYTES = 64 * 1024;

/** What reading one entry of `ssh_keys` gave. */
export interface KeyReading {
  readonly key?: DesiredKey;
  readonly file?: ReadFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** One entry of `ssh_keys`: the name, what stands there, and where. */
export interface KeyEntry {
  readonly name: string;
  readonly value: string;
  readonly nameSource: SourceRange;
  readonly valueSource: SourceRange;
}

/** Takes a key that stands in the file, or reads the file it names. */
export async function readPublicKey(files: FileReader, entry: KeyEntry): Promise<KeyReading> {
  if (isLiteralKey(entry.value)) return toReading(entry, entry.value, undefined);
  const path = files.resolve(entry.value, entry.valueSource.file);
  const fail = (code: 'ssh-key-missing' | 'file-outside' | 'file-unreadable' | 'ssh-key-invalid', detail: Text): KeyReading => ({
    diagnostics: [createDiagnostic(code, { detail, source: entry.valueSource, address: toAddress('key', entry.name) })],
  });
  try {
    const bytes = await files.read(path, MAX_KEY_BYTES);
    if (!bytes) return fail('ssh-key-missing', t('There is no file `{0}`.', path));
    const decoded = decodeText(bytes);
    if ('failure' in decoded) return fail('ssh-key-invalid', t('`{0}` is not a text file.', path));
    return toReading(entry, decoded.text, { path, role: 'ssh-key', bytes, text: decoded.text });
  } catch (error) {
    if (error instanceof FileReadError && error.code === 'too-large')
      return fail('ssh-key-invalid', t('`{0}` is too large to be a public key.', path));
    return fail(codeOfFailure(error), explainReadFailure(path, error));
  }
}

/** Whether an entry is a key itself. No path begins with the name of an algorithm and a space. */
const isLiteralKey = (value: string): boolean => /^(?:ssh|ecdsa|sk)-\S+\s|^-----? ?BEGIN|^AAAA[\w+/]{20}/.test(value.trim());

function toReading(entry: KeyEntry, text: string, file: ReadFile | undefined): KeyReading {
  const parsed = parsePublicKey(text);
  if ('fault' in parsed) {
    const code = parsed.fault === 'private' ? 'ssh-key-private' : 'ssh-key-invalid';
    const detail = explainFault(parsed.fault, file?.path ?? entry.name);
    return { diagnostics: [createDiagnostic(code, { detail, source: entry.valueSource, address: toAddress('key', entry.name) })] };
  }
  const key: DesiredKey = {
    address: toAddress('key', entry.name),
    title: entry.name,
    publicKey: parsed.line,
    values: { blob: parsed.blob },
    source: entry.nameSource,
  };
  return { key, ...(file ? { file } : {}), diagnostics: [] };
}

function explainFault(fault: PublicKeyFault, name: string): Text {
  switch (fault) {
    case 'private':
      return t('`{0}` is a private key. The public half is in the file with the ending `.pub`.', name);
    case 'empty':
      return t('`{0}` is empty.', name);
    case 'several':
      return t('`{0}` holds several keys. Give each one a name of its own.', name);
    case 'unsupported':
      return t(
        '`{0}` is a key of a kind that the provider does not know. It takes ssh-ed25519, ssh-rsa, ssh-dss and ecdsa-sha2-nistp256.',
        name,
      );
    case 'characters':
      return t('`{0}` has a comment with `<`, `>` or `&`, which the provider refuses. Remove these characters.', name);
    case 'malformed':
      return t('`{0}` is not a public key. One looks like this: `ssh-ed25519 AAAA… me@laptop`.', name);
    default:
      return fault satisfies never;
  }
}
