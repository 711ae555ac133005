import type { Listing } from '#core/ports/cloud-provider.ts';
import type { SshKeyCreateBody } from '#schemas/cloud/requests.ts';
import { wireSshKey, type WireSshKey } from '#schemas/cloud/ssh-key.ts';
import type { ActualKey } from '#schemas/state/actual.ts';
import { type Api, createObject, deleteObject, readById, readRows } from '../answers/call-api.ts';
import { toWord } from '../texts/check-text.ts';
import { toListing } from './listing.ts';

/** `/sshkey`: public keys that can be installed when a server is created. */
export interface SshKeysResource {
  list(signal: AbortSignal): Promise<Listing<ActualKey>>;
  get(id: number, signal: AbortSignal): Promise<ActualKey | undefined>;
  /** The whole public-key line is sent. */
  create(spec: { title: string; publicKey: string }, signal: AbortSignal): Promise<ActualKey>;
  /** False when the key was already gone. */
  delete(id: number, signal: AbortSignal): Promise<boolean>;
}

export const createSshKeysResource = (api: Api): SshKeysResource => ({
  list: async (signal) => toListing('key', await readRows(api, '/sshkey', wireSshKey, signal), convertKey),
  get: async (id, signal) => {
    const wire = await readById(api, '/sshkey', id, wireSshKey, signal);
    return wire === undefined ? undefined : convertKey(wire);
  },
  create: async (spec, signal) => {
    const body: SshKeyCreateBody = { Title: spec.title, PublicKey: spec.publicKey };
    return convertKey(await createObject(api, '/sshkey', body, wireSshKey, signal));
  },
  delete: (id, signal) => deleteObject(api, `/sshkey/${id}`, signal),
});

/** A key in our words: of its public half only the base64 part. */
export const convertKey = (wire: WireSshKey): ActualKey => ({
  id: wire.ID,
  title: toWord(wire.Title ?? ''),
  blob: toBlob(wire.PublicKey ?? ''),
});

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
