#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { enableReadableStacks, reportCrashes } from '#core/platform/readable-stacks.ts';
import russian from '../../l10n/bundle.l10n.ru.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import { runCli } from './run-cli.ts';
import { createProcessIo } from './terminal/cli-io.ts';
import { settleCodes } from './terminal/terminal-codes.ts';

enableReadableStacks(fileURLToPath(import.meta.url));
reportCrashes(settleCodes);

// A reader that closes the pipe early (`ict plan | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const self = { execPath: process.execPath, args: [process.argv[1] ?? ''] };
void runCli(process.argv.slice(2), { io: createProcessIo(), russian, version: manifest.version, self }).then((exitCode) => {
  process.exitCode = exitCode;
});
