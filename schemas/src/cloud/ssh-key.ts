import * as z from 'zod';
import { orAbsent, wireBoolean, wireInt, withUpperCaseId } from './wire-values.ts';

/**
 * One key of GET `/sshkey` [client]. `PublicKey` may lack its `ssh-rsa ` prefix: a 2017 client puts it back, so the provider may
 * give the base64 part alone. Compare keys by that part.
 */
export const wireSshKey = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ID: wireInt,
    Title: orAbsent(z.string()),
    PublicKey: orAbsent(z.string()),
    IsActive: orAbsent(wireBoolean),
  }),
);
export type WireSshKey = z.output<typeof wireSshKey>;
