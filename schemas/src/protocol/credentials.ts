import { z } from 'zod';

/**
 * `ict/credentials`, client to server, a notification: whom the editor's user is signed in as. It replaces what the
 * environment and `ict login` say. The token is kept in memory only; it is never written and never logged.
 */
export const CREDENTIALS_METHOD = 'ict/credentials';

/** Parameters of {@link CREDENTIALS_METHOD}. Without a token the user is signed out: nothing live is read any more. */
export const credentialsParams = z.object({
  /** Address of the API; without it the provider's own. */
  endpoint: z.url().optional(),
  token: z.string().min(1).nullable(),
});
export type CredentialsParams = z.output<typeof credentialsParams>;
