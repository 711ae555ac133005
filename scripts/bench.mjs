// Speed of the engine: file to plan, and an apply of 200 servers against an instant sandbox that is limited only by the
// configured rate, of writes alone and of reads too; then of metrics; then of the language server, beside another one; then of the extension in VS Code. Prints
// figures and ratios; judges nothing. `--json FILE` keeps them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchEditor, describeEditor } from './bench-editor.mjs';
import { benchLanguageServer } from './bench-lsp.mjs';
import { bundleTs, loadTs } from './load-ts.mjs';

const child = fileURLToPath(new URL('bench-child.mjs', import.meta.url));

/**
 * Calls an exported function of a bundled module in a process of its own, so that memory is that of the work alone.
 * @param {string} file
 * @param {string} name
 * @param {unknown[]} args
 */
const measure = (file, name, ...args) => measureWith([], file, name, ...args);
/**
 * @param {string[]} nodeOptions
 * @param {string} file
 * @param {string} name
 * @param {unknown[]} args
 */
const measureWith = (nodeOptions, file, name, ...args) => {
  const words = [...nodeOptions, child, file, name, ...args.map((arg) => JSON.stringify(arg))];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
};

spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const planBench = await bundleTs('test/bench/plan-bench.ts');
const plans = [100, 1000, 10_000].map((servers) => measure(planBench.file, 'timePlans', servers, 7));
planBench.remove();
console.log('file → plan, network excluded (median of 7)');
for (const { servers, lines, equalMs, createMs, rssMb } of plans) {
  console.log(
    `  ${String(servers).padStart(6)} servers, ${String(lines).padStart(6)} lines: nothing to do ${equalMs.toFixed(0)} ms, all to create ${createMs.toFixed(0)} ms, peak memory ${rssMb.toFixed(0)} MB`,
  );
}
const apply = await benchApply(200, 25, 0);
console.log(`apply of ${apply.servers} servers, at most one write each ${apply.intervalMs} ms: ${describeApply(apply)}`);
// The proportion in which the real service allows both.
const pacedApply = await benchApply(200, 25, Math.round(0.7 * 25));
console.log(`  and one read each ${pacedApply.readIntervalMs} ms: ${describeApply(pacedApply)}`);
const metricsBench = await bundleTs('test/bench/metrics-bench.ts');
const { attachedNodeOptions } = await loadTs('client/src/operations/cli.ts');
/** @param {string[]} nodeOptions */
const timeCollector = (nodeOptions) =>
  measureWith(nodeOptions, metricsBench.file, 'timeCollector', 30, [child, metricsBench.file, 'servePages', '1000']);
const collectors = { inEditor: timeCollector(attachedNodeOptions), inTerminal: timeCollector([]) };
const parser = measure(metricsBench.file, 'timeParsers');
const metrics = { parser, collectors };
metricsBench.remove();
console.log(
  `metrics page of ${(parser.bytes / 1000).toFixed(0)} kB: ${parser.keptUs.toFixed(0)} µs, ${parser.megabytesPerSecond.toFixed(0)} MB/s (every series ${parser.everyUs.toFixed(0)} µs); parse-prometheus-text-format ${parser.otherUs.toFixed(0)} µs, ${parser.ratio.toFixed(1)} times as long`,
);
for (const [where, { targets, coreRatio, looks, seconds, rssMb, addedMb }] of Object.entries(collectors)) {
  console.log(
    `metrics of ${targets} servers each 15 s, with history, ${where === 'inEditor' ? 'as the editor starts it' : 'as in a terminal'}: ${(coreRatio * 100).toFixed(1)} % of one core, ${(looks / seconds).toFixed(0)} looks a second, memory ${rssMb.toFixed(0)} MB, ${addedMb.toFixed(0)} MB of it for collecting`,
  );
}
const languageServer = await benchLanguageServer();
const editor = await benchEditor();
console.log(describeEditor(editor));
const at = process.argv.indexOf('--json');
if (at > 0)
  writeFileSync(
    process.argv[at + 1] ?? 'bench.json',
    JSON.stringify({ plans, apply, pacedApply, metrics, languageServer, editor }, null, 2),
  );

/** @param {Awaited<ReturnType<typeof benchApply>>} apply */
function describeApply({ ms, ratio, rssMb }) {
  return `${(ms / 1000).toFixed(1)} s, ${ratio.toFixed(2)} of what the rate of writes alone takes, peak memory ${rssMb.toFixed(0)} MB`;
}

/**
 * @param {number} servers
 * @param {number} intervalMs between two writes
 * @param {number} readIntervalMs between two reads
 */
async function benchApply(servers, intervalMs, readIntervalMs) {
  const folder = mkdtempSync(join(tmpdir(), 'ict-bench-'));
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const environment = { ...process.env, ICT_SANDBOX_DIR: join(folder, 'sandbox') };
  try {
    const seed = join(folder, 'seed.yaml');
    writeFileSync(seed, 'balance: 10000000\n');
    const started = JSON.parse(
      spawnSync(process.execPath, [cli, 'sandbox', 'start', '--detach', '--delay', '0', '--seed', seed, '--json'], {
        env: environment,
        encoding: 'utf8',
      }).stdout,
    );
    writeFileSync(
      join(folder, 'infra.yaml'),
      `version: 1\nproject: bench\ndefaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\nservers: { node: { count: ${servers} } }\n`,
    );
    const child = spawn(
      process.execPath,
      ['--require', join(process.cwd(), 'test/helpers/report-memory.cjs'), cli, 'apply', '--yes', folder],
      {
        env: {
          ...environment,
          ONECLOUD_ENDPOINT: started.endpoint,
          ONECLOUD_TOKEN: started.token,
          ICT_WRITE_INTERVAL_MS: String(intervalMs),
          ICT_READ_INTERVAL_MS: String(readIntervalMs),
          ICT_POLL_INTERVAL_MS: '50',
          // These servers have no hosts: installing the agent would wait for an SSH that never answers.
          ICT_AGENT: 'off',
        },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    const startedAt = performance.now();
    let rssMb = 0;
    let errors = '';
    child.on('message', (message) => ({ rssMb } = /** @type {{ rssMb: number }} */ (message)));
    child.stderr?.on('data', (chunk) => (errors += chunk));
    const code = await new Promise((resolve) => child.once('close', resolve));
    const ms = performance.now() - startedAt;
    if (code !== 0) throw new Error(`apply ended with ${code}\n${errors.slice(-2000)}`);
    return { servers, intervalMs, readIntervalMs, ms, ratio: ms / (servers * intervalMs), rssMb };
  } finally {
    spawnSync(process.execPath, [cli, 'sandbox', 'stop'], { env: environment });
    rmSync(folder, { recursive: true, force: true });
  }
}
