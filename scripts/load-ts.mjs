// Imports a TypeScript module of this project from a script: bundles it in memory with the project's own bundler.
import { build } from 'esbuild';

/** @returns the module's exports */
export async function loadTs(entry) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    logLevel: 'error',
    packages: 'external',
  });
  const { mkdtempSync, writeFileSync, rmSync, mkdirSync } = await import('node:fs');
  const { join } = await import('node:path');
  // Beside node_modules, so that packages resolve.
  mkdirSync('.tsbuild', { recursive: true });
  const folder = mkdtempSync(join(process.cwd(), '.tsbuild', 'load-'));
  const file = join(folder, 'module.mjs');
  writeFileSync(file, result.outputFiles[0].text);
  try {
    return await import(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
