import type { SshKeyCreateBody } from '#schemas/cloud/requests.ts';
import { wireSshKey } from '#schemas/cloud/ssh-key.ts';
import type { ActualKey } from '#schemas/state/actual.ts';
import type { Listing } from '#core/ports/cloud-provider.ts';
import { createObject, deleteObject, readById, readRows, type Api } from '../answers/call-api.ts';
import { convertKey } from '../convert/convert-key.ts';
import { toListing } from '../convert/to-listing.ts';

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
