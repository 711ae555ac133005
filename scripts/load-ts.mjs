// Imports a TypeScript module of this project from a script: bundles it with the project's own bundler.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * @returns the module's exports
 * @param {string} entry
 */
export async function loadTs(entry) {
  const { file, remove } = await bundleTs(entry);
  try {
    return await import(file);
  } finally {
    remove();
  }
}

/**
 * For a process of its own, whose memory is to be that of the module alone.
 * @returns path of the bundled module, and what removes it
 * @param {string} entry
 */
export async function bundleTs(entry) {
  // Beside node_modules, so that packages resolve.
  mkdirSync('.tsbuild', { recursive: true });
  const folder = mkdtempSync(join(process.cwd(), '.tsbuild', 'load-'));
  const file = join(folder, 'module.mjs');
  await build({
    entryPoints: [entry],
    outfile: file,
    // The folder of now: esbuild would take the one of its start.
    absWorkingDir: process.cwd(),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    packages: 'external',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
