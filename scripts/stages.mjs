// Runs the stages of check and test. A stage is a command; it counts as one test unless it brings its own report.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

/** A vitest project as a stage: its tests are counted one by one. */
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

/** Runs stages, at most `atOnce` side by side, each after those it names. Gives the counts. */
export async function runStages(stages, atOnce) {
  mkdirSync('.cache', { recursive: true });
  const results = new Map();
  const waiting = [...stages];
  const running = new Set();
  let [passed, failed] = [0, 0];
  while (waiting.length > 0 || running.size > 0) {
    const ready = waiting.filter((stage) =>
      (stage.after ?? []).every((name) => results.has(name) || !stages.some((other) => other.name === name)),
    );
    for (const stage of ready.slice(0, atOnce - running.size)) {
      waiting.splice(waiting.indexOf(stage), 1);
      const promise = runStage(stage).then((result) => {
        running.delete(promise);
        results.set(stage.name, result);
        passed += result.passed;
        failed += result.failed;
      });
      running.add(promise);
    }
    if (running.size > 0) await Promise.race(running);
  }
  return { passed, failed };
}

async function runStage(stage) {
  if (stage.report) rmSync(stage.report, { force: true });
  const startedAt = performance.now();
  const [file, ...args] = stage.command;
  const child = spawn(file, args, { stdio: stage.live ? 'inherit' : ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...stage.env } });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const counts = readCounts(stage.report) ?? (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  // A runner that fails without a failed test (a file that does not load, an unhandled rejection) has failed all the same.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (counts.failed > 0 && !stage.live) process.stdout.write(output);
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${stage.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  return counts;
}

function readCounts(path) {
  if (!path || !existsSync(path)) return undefined;
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests };
}
