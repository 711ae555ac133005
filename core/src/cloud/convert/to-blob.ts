/**
 * The base64 part of a public key, by which keys are compared: the provider may give it alone (API reference, section 7).
 * Takes a line as in `authorized_keys`, the bare base64 part, or an RFC 4716 block.
 */
export function toBlob(publicKey: string): string {
  const text = publicKey.trim();
  if (text.startsWith('---- BEGIN')) return blobOfBlock(text);
  const words = text.split(/\s+/);
  // Every SSH key begins with the length of its type's name, three zero bytes and one more: "AAAA" in base64.
  return words.find((word) => word.startsWith('AAAA')) ?? words[1] ?? words[0] ?? '';
}

/** RFC 4716: header lines hold a colon, and go on over lines that end with a backslash. */
function blobOfBlock(text: string): string {
  let isHeader = false;
  const lines = text.split(/\r?\n/).filter((line) => {
    const isSkipped = isHeader || line.startsWith('----') || line.includes(':');
    isHeader = isSkipped && line.endsWith('\\');
    return !isSkipped;
  });
  return lines.map((line) => line.trim()).join('');
}
