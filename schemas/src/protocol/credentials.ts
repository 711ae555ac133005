import * as z from 'zod';

/** Parameters of `ict/credentials`. Without a token the user is signed out: nothing live is read any more. */
export const credentialsParams = z.object({
  /** Address of the API; without it the provider's own. */
  endpoint: z.url().optional(),
  token: z.string().min(1).nullable(),
});
export type CredentialsParams = z.output<typeof credentialsParams>;
