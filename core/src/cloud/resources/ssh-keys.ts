import type { SshKeyCreateBody } from '#schemas/cloud/requests.ts';
import { wireSshKey, wireSshKeys } from '#schemas/cloud/ssh-key.ts';
import type { ActualKey } from '#schemas/state/actual.ts';
import { createObject, deleteObject, readJson, type Api } from '../answers/call-api.ts';
import { convertKey } from '../convert/convert-key.ts';
import { sortById } from '../convert/sort-by-id.ts';

/** `/sshkey`: public keys that can be installed when a server is created. */
export interface SshKeysResource {
  list(signal: AbortSignal): Promise<readonly ActualKey[]>;
  /** The whole public-key line is sent. */
  create(spec: { title: string; publicKey: string }, signal: AbortSignal): Promise<ActualKey>;
  /** False when the key was already gone. */
  delete(id: number, signal: AbortSignal): Promise<boolean>;
}

export const createSshKeysResource = (api: Api): SshKeysResource => ({
  list: async (signal) => sortById((await readJson(api, '/sshkey', wireSshKeys, signal)).map(convertKey)),
  create: async (spec, signal) => {
    const body: SshKeyCreateBody = { Title: spec.title, PublicKey: spec.publicKey };
    return convertKey(await createObject(api, '/sshkey', body, wireSshKey, signal));
  },
  delete: (id, signal) => deleteObject(api, `/sshkey/${id}`, signal),
});
