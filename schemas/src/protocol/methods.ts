/**
 * Names of our own messages between client and language server. They stand apart from the shapes of their parameters, so that
 * whoever only sends them loads no schemas.
 */

/**
 * `ict/credentials`, client to server, a notification: whom the editor's user is signed in as. It replaces what the
 * environment and `ict login` say. The token is kept in memory only; it is never written and never logged.
 */
export const CREDENTIALS_METHOD = 'ict/credentials';

/**
 * `ict/liveMetrics`, client to server, a notification: what the servers of an infra file are doing, as far as the client
 * has seen it. It replaces what was told of that file before. The language server never looks at a server by itself.
 */
export const LIVE_METRICS_METHOD = 'ict/liveMetrics';

/**
 * `ict/refreshValues`, client to server, a request: read what the account has and offers now, however young the last
 * reading is. Answers when it is read, or when it could not be.
 */
export const REFRESH_VALUES_METHOD = 'ict/refreshValues';

/**
 * `ict/valuesChanged`, server to client, a notification: something from outside of the documents was read anew. Sent only
 * to a client that asked for it with `notifyValues`.
 */
export const VALUES_CHANGED_METHOD = 'ict/valuesChanged';
