// What one run of the real `ict` touches: functions by V8's own coverage of a bundle whose source map leads back to the files, and how
// often the infra file is opened and parsed. The sandbox runs in this process, `ict` in one of its own.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOf } from '../bundles.mjs';
import { loadTs } from '../load-ts.mjs';

/**
 * @typedef {object} RunFigures
 * @property {number} exitCode
 * @property {number} files source files of which a named function ran
 * @property {number} lines lines of those files
 * @property {number} opens how often the infra file was opened
 * @property {number} parses how often a YAML text was parsed
 */

const infra = `version: 1
project: measure
servers:
  web: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB, playbooks: [base] }
`;

/** Stand-ins for what a deploy starts, so that it needs no hosts: they succeed and do nothing. */
const standIns = {
  'ansible-playbook': 'echo "ansible-playbook [core 2.14.18]"',
  ssh: 'true',
  'ssh-keyscan': 'while read -r host; do echo "$host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVjaG8gdGhpcyBpcyBub3QgYSByZWFsIGtleSEh"; done',
};

/** Operations in an order in which each finds what it needs. */
const operations = {
  plan: ['plan'],
  apply: ['apply', '--yes'],
  deploy: ['deploy', '--yes'],
  status: ['status'],
  destroy: ['destroy', '--yes', '--confirm', 'web'],
};

/**
 * Runs each operation once on a project of one server. The working tree is the current folder.
 * @returns {Promise<Record<keyof typeof operations, RunFigures>>}
 */
export async function measureRuns() {
  mkdirSync('.tsbuild', { recursive: true });
  // Beside playbooks/, as dist/ is.
  const program = resolve('.tsbuild', `measure-${process.pid}.cjs`);
  const folder = mkdtempSync(join(tmpdir(), 'ict-measure-'));
  const { startSandbox } = await loadTs('sandbox/src/start-sandbox.ts');
  const sandbox = await startSandbox({ delays: 0 });
  try {
    await build(bundleOf('cli', program));
    const map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, 'utf8')));
    const project = join(folder, 'project');
    const bin = join(folder, 'bin');
    for (const one of [project, bin]) mkdirSync(one);
    writeFileSync(join(project, 'infra.yaml'), infra);
    for (const [name, script] of Object.entries(standIns)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const environment = {
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      HOME: folder,
      ICT_CONFIG_DIR: join(folder, 'config'),
      ICT_CACHE_DIR: join(folder, 'cache'),
      ONECLOUD_ENDPOINT: sandbox.endpoint,
      ONECLOUD_TOKEN: sandbox.token,
      ICT_POLL_INTERVAL_MS: '5',
      ICT_AGENT: 'off',
      LANG: 'C.UTF-8',
    };
    /** @type {[string, RunFigures][]} */
    const runs = [];
    for (const [name, args] of Object.entries(operations))
      runs.push([name, await measureRun(program, map, [...args, project], environment, join(folder, name))]);
    return /** @type {Record<keyof typeof operations, RunFigures>} */ (Object.fromEntries(runs));
  } finally {
    await sandbox.close();
    for (const path of [folder, program, `${program}.map`]) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {SourceMap} map
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} folder for what the run leaves behind
 * @returns {Promise<RunFigures>}
 */
async function measureRun(program, map, args, environment, folder) {
  mkdirSync(folder);
  const opens = join(folder, 'opens');
  const preload = fileURLToPath(new URL('count-opens.cjs', import.meta.url));
  const child = spawn(process.execPath, ['--require', preload, program, ...args], {
    env: { ...environment, NODE_V8_COVERAGE: folder, ICT_MEASURE_NAME: 'infra.yaml', ICT_MEASURE_OPENS: opens },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  /** @type {number | null} */
  const exitCode = await new Promise((found) => child.once('close', found));
  if (exitCode !== 0) console.error(`ict ${args[0]} ended with ${exitCode}: ${errors.trim()}`);
  const ran = readCoverage(folder, program, map);
  const files = [...new Set(ran.map(({ file }) => file))];
  return {
    exitCode: exitCode ?? -1,
    files: files.length,
    lines: files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0),
    opens: existsSync(opens) ? Number(readFileSync(opens, 'utf8')) : Number.NaN,
    parses: ran.filter(({ name }) => name === 'parseYaml').reduce((sum, { count }) => sum + count, 0),
  };
}

/**
 * Named functions of the house's own sources that ran, and how often.
 * @param {string} folder
 * @param {string} program
 * @param {SourceMap} map
 */
function readCoverage(folder, program, map) {
  // V8 counts characters, source maps lines and columns.
  const starts = [0];
  const text = readFileSync(program, 'utf8');
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  /** @param {number} offset */
  const sourceAt = (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const entry = map.findEntry(low, offset - (starts[low] ?? 0));
    if (!('originalSource' in entry) || !entry.originalSource) return undefined;
    const file = relative(process.cwd(), resolve(dirname(program), entry.originalSource)).replaceAll('\\', '/');
    return /^\w+\/src\/.*\.ts$/.test(file) ? file : undefined;
  };
  /** @type {{ file: string, name: string, count: number }[]} */
  const ran = [];
  for (const report of readdirSync(folder).filter((name) => name.startsWith('coverage-')))
    for (const { url, functions } of JSON.parse(readFileSync(join(folder, report), 'utf8')).result) {
      if (!url.endsWith(program.replaceAll('\\', '/'))) continue;
      for (const { functionName, ranges } of functions) {
        const [{ startOffset, count }] = ranges;
        if (functionName === '' || count === 0) continue;
        const file = sourceAt(startOffset);
        if (file !== undefined) ran.push({ file, name: functionName, count });
      }
    }
  return ran;
}
