// The wall clock names moments and measures nothing: it may be set forwards or back at any time. Finds code that calculates with or
// compares readings of it (`Date.now()`, `clock.now()`, `new Date()`, `Date.parse()`, times of files, values named `now` or `nowMs`)
// outside of the places below. Durations, deadlines and pauses use `Clock.elapsed()` or `performance.now()`.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

/**
 * A node of the syntax tree: whatever its kind has besides.
 * @typedef {import('oxc-parser').Span & { type: string } & Record<string, any>} Node
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders = [
  'schemas/src',
  'core/src',
  'cli/src',
  'sandbox/src',
  'server/src',
  'client/src',
  'scripts',
  'test/helpers',
  'test/metrics',
];

/** File → why stamps are compared there. In none of them a clock that was set makes anything wait, or hides what is there. */
/** @type {Readonly<Record<string, string>>} */
export const allowed = {
  'core/src/ports/clock.ts': 'the age of a stamp of another process: never negative',
  'core/src/engine/plan/build-plan.ts': 'a power hold ends at a date that a person gave, and outlives boots',
  'core/src/operations/run-power.ts': 'writes the date at which a power hold ends',
  'core/src/operations/metrics/list-marks.ts': 'records of the history by their dates: the axis of a chart is the wall clock',
  'core/src/create-core/read-metrics-history.ts': 'stored samples of a range of dates',
  'core/src/storage/project-lock.ts': 'age of a damaged lock; one from the future is old',
  'core/src/cloud/transport/raise-errors.ts': 'a date of the provider against the date of the same answer; the pause has a maximum',
  'client/src/charts/figure-table.ts': 'the axis of a chart is the wall clock',
  'client/src/charts/find-marks.ts': 'the axis of a chart is the wall clock',
  'client/src/dashboard-page/dashboard-model.ts': 'the axis of a chart is the wall clock',
  'client/src/dashboard-page/dashboard-page.ts': 'the axis of a chart is the wall clock',
  'client/src/operations/find-process.ts': 'where the system reports no command line, the boot is all there is',
  'client/src/dashboard-page/describe-emptiness.ts': 'the axis of a chart is the wall clock',
  'server/src/handlers/custom.ts': 'turns an age into the date that the protocol reports',
  'sandbox/src/clock/sandbox-clock.ts': 'begins at the wall clock, goes on by the monotonic one',
  'sandbox/src/hosts/packages/apt-proxy.ts': 'age of a cached file; one from the future is fetched again',
  'test/helpers/unsteady-clock.ts': 'a fake that sets the clock',
  'test/helpers/set-clock.cjs': 'a fake that sets the clock',
  'scripts/vscode/fetch-vscode.mjs': 'age of a left-over folder',
};

const OPERATORS = new Set(['-', '+', '<', '<=', '>', '>=']);
const NAMES = new Set(['now', 'nowMs', 'nowSeconds']);
const FILE_TIMES = new Set(['mtimeMs', 'ctimeMs', 'birthtimeMs', 'atimeMs']);
/** What hands a reading on: `Math.max(now, …)`, `date.getTime()`. */
const PASSING = new Set(['max', 'min', 'abs', 'round', 'floor', 'ceil', 'trunc', 'getTime', 'valueOf', 'Number']);

/**
 * Lines of a source that calculate with or compare wall-clock readings, as `LINE: CODE`. Follows readings through variables, fields
 * and `Math`, within the file.
 * @param {string} file
 * @param {string} text
 */
export function findWallClockUses(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  // The sandbox's own clock goes on by the monotonic clock of the machine: only the machine's counts there.
  const isOwnClock = file.startsWith('sandbox/');
  /** @type {{ name: string, from: number, to: number }[]} */
  const variables = [];
  /** @type {Set<string | undefined>} */
  const fields = new Set();

  /** @param {Node | null | undefined} node */
  const nameOf = (node) => (node?.type === 'Identifier' || node?.type === 'PrivateIdentifier' ? node.name : undefined);
  /** @param {Node} node */
  const isKnownVariable = (node) =>
    variables.some(({ name, from, to }) => name === node.name && from <= node.start && node.end <= to) ||
    (!isOwnClock && NAMES.has(node.name));
  /**
   * @param {Node | null | undefined} node
   * @returns {boolean}
   */
  const isReading = (node) => {
    switch (node?.type) {
      case 'Identifier':
        return isKnownVariable(node);
      case 'MemberExpression': {
        const name = nameOf(node.property);
        return FILE_TIMES.has(name) || fields.has(name) || (!isOwnClock && NAMES.has(name));
      }
      case 'NewExpression':
        return nameOf(node.callee) === 'Date';
      case 'CallExpression': {
        const { callee } = node;
        const [owner, name] = callee.type === 'MemberExpression' ? [callee.object, nameOf(callee.property)] : [undefined, nameOf(callee)];
        const ownerName = nameOf(owner);
        if (name === 'now') return ownerName === 'Date' || (!isOwnClock && ownerName !== 'performance');
        if (name === 'parse' && ownerName === 'Date') return true;
        return PASSING.has(name) && [owner, ...node.arguments].some(isReading);
      }
      case 'BinaryExpression':
        return ['+', '-', '*', '/'].includes(node.operator) && (isReading(node.left) || isReading(node.right));
      case 'LogicalExpression':
        return isReading(node.left) || isReading(node.right);
      case 'ConditionalExpression':
        return isReading(node.consequent) || isReading(node.alternate);
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'ChainExpression':
        return isReading(node.expression);
      case 'UnaryExpression':
      case 'AwaitExpression':
        return isReading(node.argument);
      default:
        return false;
    }
  };
  /**
   * @param {Node | null | undefined} target
   * @param {Node} scope
   */
  const remember = (target, scope) => {
    if (target?.type === 'Identifier') variables.push({ name: target.name, from: scope.start, to: scope.end });
    if (target?.type === 'MemberExpression') fields.add(nameOf(target.property));
  };
  /**
   * @param {Node} node
   * @param {Node} scope
   */
  const collect = (node, scope) => {
    if (node.type === 'VariableDeclarator' && isReading(node.init)) remember(node.id, scope);
    if (node.type === 'AssignmentExpression' && isReading(node.right)) remember(node.left, scope);
    if (node.type === 'PropertyDefinition' && isReading(node.value)) fields.add(nameOf(node.key));
    if (node.type === 'Property' && node.kind === 'init' && isReading(node.value)) fields.add(nameOf(node.key));
  };
  walk(program, program, collect);
  // What was found in the first pass may have been handed on before it was found.
  walk(program, program, collect);

  /** @type {string[]} */
  const found = [];
  walk(program, program, (node) => {
    const isCalculated = node.type === 'BinaryExpression' && OPERATORS.has(node.operator);
    const isStepped = node.type === 'AssignmentExpression' && ['+=', '-='].includes(node.operator);
    if (!(isCalculated || isStepped) || !(isReading(node.left) || isReading(node.right))) return;
    found.push(`${text.slice(0, node.start).split('\n').length}: ${text.slice(node.start, node.end).split('\n')[0]}`);
  });
  return [...new Set(found)];
}

/**
 * Calls `visit` with every node and the innermost function or program around it.
 * @param {Node} node
 * @param {Node} scope
 * @param {(node: Node, scope: Node) => void} visit
 */
function walk(node, scope, visit) {
  visit(node, scope);
  const inner = /Function/.test(node.type) ? node : scope;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (typeof child?.type === 'string') walk(child, inner, visit);
  }
}

/** What the sources do outside of {@link allowed}, and entries of it that are not needed any more. */
export function checkWallClock() {
  const unused = new Set(Object.keys(allowed));
  const problems = [];
  for (const folder of folders)
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(ts|mjs|cjs)$/.test(entry.name) || /\.(test|d)\.ts$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      if (/[\\/]testing[\\/]/.test(path)) continue;
      const file = path.slice(root.length + 1).replaceAll('\\', '/');
      const text = readFileSync(path, 'utf8');
      if (!/[nN]ow|Date|timeMs/.test(text)) continue;
      const uses = findWallClockUses(file, text);
      if (uses.length > 0 && !unused.delete(file)) problems.push(...uses.map((use) => `${file}:${use}`));
    }
  return [...problems, ...[...unused].map((file) => `${file}: compares no stamps any more; take it off the list`)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkWallClock();
  for (const problem of problems) console.log(problem);
  if (problems.length > 0)
    console.log('Measure with Clock.elapsed() or performance.now(); for stamps see the list in scripts/wall-clock.mjs.');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
