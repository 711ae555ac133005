// What the checks of the house allow today. These lists only shrink: an entry that is no longer needed fails the check as well.

/**
 * Pairs of folders that import each other. New code has no place here: move what both need to a folder of its own.
 * @type {readonly string[]}
 */
export const folderPairs = ['core/src/infra ↔ core/src/infra/expand', 'schemas/src/plan ↔ schemas/src/state'];

/**
 * Folders that are fuller than MAX_FILES, each with the number of its files, which only goes down.
 * @type {Readonly<Record<string, number>>}
 */
export const crowdedFolders = {
  'core/src/engine/plan': 23,
  'core/src/operations/deploy': 17,
};

/**
 * Files and exports that no program uses → why they are there.
 * @type {Readonly<Record<string, string>>}
 */
export const unused = {
  'schemas/src/cloud/server.ts: wireServers': 'tests read whole answers by it; programs read them row by row',
  'core/src/diagnostics/catalog.ts: diagnosticCodes': 'tests prove that every code has a fixture and a page',
  'sandbox/src/daemon/command-sandbox.ts: advanceSandbox': 'tests skip the waiting of a sandbox in another process',
  'server/src/languageservice/actions/find-remedies.ts: remediedCodes': 'a test proves that every remedy has a case',
};
