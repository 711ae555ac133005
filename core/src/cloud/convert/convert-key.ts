import type { WireSshKey } from '#schemas/cloud/ssh-key.ts';
import type { ActualKey } from '#schemas/state/actual.ts';
import { toWord } from '../texts/check-text.ts';
import { toBlob } from './to-blob.ts';

/** A key in our words: of its public half only the base64 part. */
export const convertKey = (wire: WireSshKey): ActualKey => ({
  id: wire.ID,
  title: toWord(wire.Title ?? ''),
  blob: toBlob(wire.PublicKey ?? ''),
});
