// Speed of the language server on files of four sizes, beside yaml-language-server in the same run where npm can install
// that into a temporary folder. Prints medians and ratios; judges nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadTs } from './load-ts.mjs';

/**
 * What `timeServer` of test/bench/lsp-bench.ts measures.
 * @typedef {{ server: string, lines: number, rssMb: number, operations: Record<string, { cpuMs: number, wallMs: number }> }} Timing
 */

const PEER = 'yaml-language-server@2.0.0';
/** More lines than this the peer takes minutes and gigabytes for. */
const PEER_MAX_LINES = 10_000;

/** Measures and prints; gives the figures. */
export async function benchLanguageServer(sizes = [100, 1000, 10_000, 100_000]) {
  if (process.platform !== 'linux') {
    console.log('language server: measured on Linux only, where the kernel tells what a process computes');
    return [];
  }
  const { timeServer } = await loadTs('test/bench/lsp-bench.ts');
  const ours = { name: 'ict', args: [join(process.cwd(), 'dist/server.js'), '--stdio'], languageId: 'ict-infra', settings: {} };
  const folder = mkdtempSync(join(tmpdir(), 'ict-peer-'));
  try {
    const peer = installPeer(folder);
    const timings = [];
    for (const lines of sizes) {
      const own = await timeServer(ours, lines);
      const other = peer && lines <= PEER_MAX_LINES ? await timeServer(peer, lines) : undefined;
      timings.push(own, ...(other ? [other] : []));
      print(own, other);
    }
    return timings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Installs the server that is measured beside ours; never a dependency of the project.
 * @param {string} folder
 */
function installPeer(folder) {
  const { status } = spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', PEER], {
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.log(`${PEER} cannot be installed here: only ours is measured`);
    return undefined;
  }
  const schema = pathToFileURL(join(process.cwd(), 'schemas/dist/infra.schema.json')).href;
  return {
    name: PEER,
    args: [join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'],
    languageId: 'yaml',
    settings: { yaml: { schemas: { [schema]: '*.yaml' }, validate: true, completion: true, hover: true, format: { enable: true } } },
  };
}

/**
 * @param {Timing} own
 * @param {Timing | undefined} other
 */
function print(own, other) {
  console.log(
    `language server, ${own.lines} lines; medians in ms of computing (until the answer)${other ? `, beside ${other.server}` : ''}`,
  );
  for (const [label, { cpuMs, wallMs }] of Object.entries(own.operations)) {
    const theirs = other?.operations[label];
    const beside = theirs
      ? `   ${show(theirs.cpuMs)} (${show(theirs.wallMs)})   × ${(theirs.cpuMs / Math.max(cpuMs, 0.01)).toFixed(1)}`
      : '';
    console.log(`  ${label.padEnd(24)} ${show(cpuMs)} (${show(wallMs)})${beside}`);
  }
  console.log(`  ${'memory, MB'.padEnd(24)} ${show(own.rssMb)}${other ? `            ${show(other.rssMb)}` : ''}`);
}

/** @param {number} value */
const show = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1)).padStart(7);

if (process.argv[1]?.endsWith('bench-lsp.mjs')) {
  const at = process.argv.indexOf('--lines');
  await benchLanguageServer(at > 0 ? process.argv[at + 1]?.split(',').map(Number) : undefined);
}
