import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { watchExtension } from './helpers/watch-extension.ts';

/** A suite's longest test, milliseconds. */
const TEST_TIMEOUT_MS = 20_000;

/**
 * What VS Code's extension host calls, once, in the window under test: runs every suite beside this file. A rejection makes
 * the exit code 1. Counts go to the file named in ICT_TEST_REPORT, in the words of vitest's report.
 */
export async function run(): Promise<void> {
  // Each line marked, so that the runner outside can tell the report from VS Code's own lines.
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => {
    for (const line of format(...words).split('\n')) console.log(`[test] ${line}`);
  };
  watchExtension();
  // A forgotten `only` would leave the other tests out without a word.
  const forbidOnly = Boolean(process.env['CI']);
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: TEST_TIMEOUT_MS, reporter: 'spec', forbidOnly });
  const suites = readdirSync(__dirname).filter((name) => name.endsWith('.suite.cjs'));
  for (const name of suites.sort()) mocha.addFile(join(__dirname, name));
  const skipped: string[] = [];
  const { passes, failures } = await new Promise<{ passes: number; failures: number }>((resolve) => {
    const runner = mocha.run(() => resolve({ passes: runner.stats?.passes ?? 0, failures: runner.stats?.failures ?? 0 }));
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
  });
  const report = process.env['ICT_TEST_REPORT'];
  if (report !== undefined) {
    const assertionResults = skipped.map((fullName) => ({ fullName, status: 'skipped' }));
    writeFileSync(report, JSON.stringify({ numPassedTests: passes, numFailedTests: failures, testResults: [{ assertionResults }] }));
  }
  if (failures > 0) throw new Error(`${failures} tests failed`);
  // A test that ends the process, or a bundle without suites, must not look like success.
  if (passes === 0) throw new Error('no test ran');
}
