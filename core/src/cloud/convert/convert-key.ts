import type { WireSshKey } from '#schemas/cloud/ssh-key.ts';
import type { ActualKey } from '#schemas/state/actual.ts';
import { toBlob } from './to-blob.ts';

/** A key in our words: of its public half only the base64 part. */
export const convertKey = (wire: WireSshKey): ActualKey => ({ id: wire.ID, title: wire.Title ?? '', blob: toBlob(wire.PublicKey ?? '') });
