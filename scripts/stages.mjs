// Runs the stages of check and test. A stage is a command; it counts as one test unless it brings its own report.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { addCounts, describeCounts, findForbiddenSkips, nothing, readAllowedSkips, readReport } from './test-report.mjs';

/** @typedef {import('./test-report.mjs').Counts} Counts */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} command the program and its arguments
 * @property {string} [report] where the command leaves the report of its tests
 * @property {readonly string[]} [after] names of stages that come before, where they are part of the run
 * @property {boolean} [live] its output is shown while it runs
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 */

/**
 * A vitest project as a stage: its tests are counted one by one.
 * @param {string} name
 * @param {string} project
 * @param {Partial<Stage>} [more]
 * @returns {Stage}
 */
export function vitestStage(name, project, more = {}) {
  const report = `.cache/report-${project}.json`;
  return {
    name,
    report,
    command: [
      'node_modules/.bin/vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    ...more,
  };
}

/**
 * Runs stages, at most `atOnce` side by side, each after those it names.
 * @param {readonly Stage[]} stages
 * @param {number} atOnce
 * @returns {Promise<Counts>}
 */
export async function runStages(stages, atOnce) {
  mkdirSync('.cache', { recursive: true });
  /** @type {Map<string, Counts>} */
  const results = new Map();
  const waiting = [...stages];
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  while (waiting.length > 0 || running.size > 0) {
    const ready = waiting.filter((stage) =>
      (stage.after ?? []).every((name) => results.has(name) || !stages.some((other) => other.name === name)),
    );
    for (const stage of ready.slice(0, atOnce - running.size)) {
      waiting.splice(waiting.indexOf(stage), 1);
      const promise = runStage(stage).then((result) => {
        running.delete(promise);
        results.set(stage.name, result);
      });
      running.add(promise);
    }
    if (running.size > 0) await Promise.race(running);
  }
  return [...results.values()].reduce(addCounts, nothing);
}

/**
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function runStage(stage) {
  if (stage.report) rmSync(stage.report, { force: true });
  const startedAt = performance.now();
  const [file = '', ...args] = stage.command;
  const child = spawn(file, args, { stdio: stage.live ? 'inherit' : ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...stage.env } });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  /** @type {number} */
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const counts = { ...(readReport(stage.report) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] }) };
  // A runner that fails without a failed test (a file that does not load, an unhandled rejection) has failed all the same.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.failed > 0 && !stage.live) process.stdout.write(output);
  const forbidden = process.env['CI'] ? findForbiddenSkips(counts.skipped, readAllowedSkips()) : [];
  for (const name of forbidden) console.log(`skipped, and test/allowed-skips.json does not allow it: ${name}`);
  counts.failed += forbidden.length;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${stage.name}: ${describeCounts(counts)} (${seconds} s)`);
  return counts;
}
