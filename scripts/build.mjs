// Bundles the programs into dist/: nothing is downloaded or compiled at run time. `--watch` rebuilds on change, `--dev` skips minifying.
import { cpSync } from 'node:fs';
import { build, context } from 'esbuild';
import { listBundles } from './bundles.mjs';
import { writeBundles } from './l10n.mjs';

const bundles = listBundles({ isDev: process.argv.includes('--dev') || process.argv.includes('--watch') });

writeBundles();
// The sandbox starts its hosts by these.
cpSync('sandbox/images', 'dist/images', { recursive: true });
if (process.argv.includes('--watch')) {
  for (const bundle of bundles) await (await context(bundle)).watch();
  console.log('watching');
} else await Promise.all(bundles.map((bundle) => build(bundle)));
