/** Algorithms that the provider's panel accepts. */
export const keyAlgorithms = ['ssh-ed25519', 'ssh-rsa', 'ssh-dss', 'ecdsa-sha2-nistp256'] as const;

export type PublicKeyFault = 'private' | 'empty' | 'several' | 'unsupported' | 'characters' | 'malformed';

/** A public key in the form the provider takes, or what is wrong with the text. */
export type ParsedPublicKey = { readonly line: string; readonly blob: string } | { readonly fault: PublicKeyFault };

const BASE64 = /^[A-Za-z0-9+/]{20,}={0,2}$/;
const RFC_4716 = /^---- BEGIN SSH2 PUBLIC KEY ----\r?\n(?<body>[\s\S]+?)\r?\n---- END SSH2 PUBLIC KEY ----$/;

/** Reads one public key in OpenSSH's one-line form or as RFC 4716 writes it. */
export function parsePublicKey(text: string): ParsedPublicKey {
  const trimmed = text.trim();
  if (trimmed === '') return { fault: 'empty' };
  if (/PRIVATE KEY/.test(trimmed) || trimmed.startsWith('PuTTY-User-Key-File')) return { fault: 'private' };
  const rfc4716 = RFC_4716.exec(trimmed)?.groups?.['body'];
  if (rfc4716 !== undefined) return fromRfc4716(rfc4716);
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [line = ''] = lines;
  const [algorithm = '', blob = ''] = line.trim().split(/\s+/);
  if (!/^(?:ssh|ecdsa|sk)-\S+$/.test(algorithm) || !BASE64.test(blob) || algorithmOf(blob) !== algorithm) return { fault: 'malformed' };
  if (lines.length > 1) return { fault: 'several' };
  if (!keyAlgorithms.some((known) => known === algorithm)) return { fault: 'unsupported' };
  if (/[<>&]/.test(line)) return { fault: 'characters' };
  return { line: line.trim(), blob };
}

/** Headers (`Comment: …`, continued with a backslash) and then base64 over several lines: written in one line instead. */
function fromRfc4716(body: string): ParsedPublicKey {
  const lines = body.replace(/\\\r?\n/g, '').split(/\r?\n/);
  const blob = lines.filter((line) => !line.includes(':')).join('');
  const algorithm = BASE64.test(blob) ? algorithmOf(blob) : undefined;
  if (algorithm === undefined) return { fault: 'malformed' };
  if (!keyAlgorithms.some((known) => known === algorithm)) return { fault: 'unsupported' };
  return { line: `${algorithm} ${blob}`, blob };
}

/** The blob names its algorithm itself: a length of four bytes, then the name (RFC 4253, section 6.6). */
function algorithmOf(blob: string): string | undefined {
  try {
    const bytes = atob(blob.slice(0, 64));
    const length = bytes.charCodeAt(3);
    return bytes.startsWith('\0\0\0') && length < bytes.length ? bytes.slice(4, 4 + length) : undefined;
  } catch {
    return undefined;
  }
}
