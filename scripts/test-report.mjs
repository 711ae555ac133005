// What a test runner reports, counted: vitest's JSON report, and the one of the same shape that test/extension writes for mocha.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped full names of tests that did not run: skipped, conditional, or `todo`
 */

/**
 * @typedef {object} AllowedSkip
 * @property {string} test regular expression that the full name of the test matches
 * @property {string} reason why the test may be skipped in CI
 */

/** @type {Counts} */
export const nothing = { passed: 0, failed: 0, skipped: [] };

/**
 * Counts of a report. A runner that counts more skipped tests than it names (a report of an older shape) is believed: the rest has no name.
 * @param {string} text JSON report of vitest, or of test/extension/run-suites.ts
 * @returns {Counts}
 */
export function parseReport(text) {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0, testResults = [] } = JSON.parse(text);
  /** @type {{ fullName: string, status: string }[]} */
  const tests = testResults.flatMap((/** @type {{ assertionResults: unknown[] }} */ file) => file.assertionResults);
  const named = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName);
  const unnamed = Math.max(0, numPendingTests + numTodoTests - named.length);
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: [...named, ...Array.from({ length: unnamed }, () => 'a test without a name')],
  };
}

/**
 * Undefined: there is no report.
 * @param {string | undefined} path
 */
export function readReport(path) {
  return path !== undefined && existsSync(path) ? parseReport(readFileSync(path, 'utf8')) : undefined;
}

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
export function addCounts(one, other) {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: [...one.skipped, ...other.skipped] };
}

/**
 * The last line of every run.
 * @param {Counts} counts
 */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}

/**
 * Skipped tests that no entry allows. In CI they fail the run: a machine without hosts or an editor must not look like success.
 * @param {readonly string[]} skipped
 * @param {readonly AllowedSkip[]} allowed
 */
export function findForbiddenSkips(skipped, allowed) {
  const patterns = allowed.map(({ test }) => new RegExp(test));
  return skipped.filter((name) => !patterns.some((pattern) => pattern.test(name)));
}

/**
 * Skips that CI allows, of test/allowed-skips.json.
 * @returns {readonly AllowedSkip[]}
 */
export function readAllowedSkips(path = 'test/allowed-skips.json') {
  return JSON.parse(readFileSync(path, 'utf8'));
}
