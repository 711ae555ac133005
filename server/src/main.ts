#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, type Connection, ProposedFeatures } from 'vscode-languageserver/node';
import { createHistoryReader } from '#core/create-core/create-history-reader.ts';
import { systemClock } from '#core/platform/clock.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { enableReadableStacks, reportCrashes } from '#core/platform/readable-stacks.ts';
import { showHiddenInLines } from '#core/text/show-hidden.ts';
import manifest from '../../package.json' with { type: 'json' };
import { createServer } from './create-server.ts';
import { connectionOptions } from './connection/connection-options.ts';
import { guardFrames } from './connection/guard-frames.ts';
import { systemTimers } from './ports/timers.ts';
import { readBundle } from './runtime/read-bundle.ts';
import { listNodeFolder } from './values/folder-values.ts';
import { createOpenCloud } from './values/open-cloud.ts';

enableReadableStacks(fileURLToPath(import.meta.url));
reportCrashes(showHiddenInLines);

/**
 * The language server as a program: over standard streams, or over Node's channel with `--node-ipc`. It exits with 0 after
 * `shutdown`, else with 1: also when its input ends or the process that started it is gone.
 */
if (!process.argv.some((word) => /^--(stdio|node-ipc|socket|pipe)\b/.test(word))) process.argv.push('--stdio');
process.once('disconnect', () => process.exit(1));

const connection = connect();
createServer(connection, {
  files: nodeFileReader,
  clock: systemClock,
  timers: systemTimers,
  listFolder: listNodeFolder,
  openCloud: createOpenCloud(process.env, manifest.version),
  readHistory: createHistoryReader(),
  codePage: (language) => {
    const page = fileURLToPath(new URL(`../docs/reference/diagnostics${language === 'ru' ? '.ru' : ''}.md`, import.meta.url));
    return existsSync(page) ? pathToFileURL(page).href : undefined;
  },
  version: manifest.version,
  loadRussian: () => readBundle(fileURLToPath(new URL('../l10n/bundle.l10n.ru.json', import.meta.url))),
});
connection.listen();

/** Standard streams pass a guard: the library waits for ever where a message has no end. */
function connect(): Connection {
  if (!process.argv.includes('--stdio')) return createConnection(ProposedFeatures.all, connectionOptions);
  const input = guardFrames();
  input.once('error', (error) => {
    process.stderr.write(`${error.message}\n`, () => process.exit(1));
  });
  return createConnection(ProposedFeatures.all, process.stdin.pipe(input), process.stdout, connectionOptions);
}
