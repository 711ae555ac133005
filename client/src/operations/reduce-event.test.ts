import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { type OperationEvent, operationEvent } from '#schemas/events/operation-event.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import {
  buildOperationNodes,
  describeOperation,
  hostTexts,
  judgeTask,
  listFailedHosts,
  type OperationNode,
} from '../views/operations/operation-nodes.ts';
import { endByProcess, toStatus } from './end-operation.ts';
import { newOperation, type OperationState } from './operation-state.ts';
import { reduceEvent } from './reduce-event.ts';

const render = createTextRenderer('en', {});

/** Events that a real run has written: `ict apply` and `ict deploy` against the sandbox and its hosts. */
const readEvents = (name: 'apply' | 'deploy'): readonly OperationEvent[] =>
  readFileSync(new URL(`../../../test/fixtures/client/${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => operationEvent.parse(JSON.parse(line)));

const reduce = (events: readonly OperationEvent[]): OperationState =>
  events.reduce(reduceEvent, newOperation('apply', '/project/infra.yaml'));

const toOperation = (state: OperationState) => ({ id: 'id', title: 'Title', file: state.file, words: [], state, isStopping: false });

/** The view's rows as an indented outline. */
function outline(nodes: readonly OperationNode[], depth = 0): readonly string[] {
  return nodes.flatMap((node) => {
    const lines = ((): readonly string[] => {
      switch (node.kind) {
        case 'operation':
          return [`${node.operation.title}: ${render(describeOperation(node.operation))}`, ...outline(node.children, depth + 1)];
        case 'step':
          return [`${node.step.status} ${node.step.address} ${render(node.step.text)}`];
        case 'run':
          return [`${node.run.playbook}: ${node.run.verdict ?? '…'}`, ...outline(node.children, depth + 1)];
        case 'task':
          return [`${node.task.task.name}: ${render(hostTexts[judgeTask(node.task)])}`, ...outline(node.children, depth + 1)];
        case 'host':
          return [`${node.result.host} ${node.result.status}`];
        case 'message':
          return [`${node.level}: ${render(node.text)}`];
        default:
          return node satisfies never;
      }
    })();
    const [first = '', ...rest] = lines;
    return [`${'  '.repeat(depth)}${first}`, ...rest];
  });
}

const draw = (state: OperationState): string => outline(buildOperationNodes([toOperation(state)])).join('\n');

test('a whole apply', () => {
  const state = reduce(readEvents('apply'));
  expect(state).toMatchObject({ operation: 'apply', status: 'done', exitCode: 0, plan: { project: 'shop' } });
  expect(draw(state)).toMatchInlineSnapshot(`
    "Title: done
      succeeded key.laptop create key
      succeeded server.web-1 create server
      succeeded server.web-2 create server"
  `);
});

test('a whole deploy that fails on one host', () => {
  const state = reduce(readEvents('deploy'));
  expect(state).toMatchObject({ operation: 'deploy', status: 'failed', exitCode: exitCodes.playbookFailed });
  expect(draw(state)).toMatchInlineSnapshot(`
    "Title: failed
      ./site.yml: failed
        Say hello: changed
          web-1 changed
          web-2 changed
        Fail on the second: failed
          web-1 skipped
          web-2 failed
        Loop: changed
          web-1 changed"
  `);
  expect(listFailedHosts(toOperation(state))).toEqual(['web-2']);
});

test.each(['apply', 'deploy'] as const)('each beginning of a %s is a state that can be shown, with ids that differ', (name) => {
  const events = readEvents(name);
  for (let length = 0; length < events.length; length += 1) {
    const state = reduce(events.slice(0, length));
    expect(state.status).toBe('running');
    const ids = (nodes: readonly OperationNode[]): readonly string[] =>
      nodes.flatMap((node) => [node.id, ...('children' in node ? ids(node.children) : [])]);
    const found = ids(buildOperationNodes([toOperation(state)]));
    expect(new Set(found).size).toBe(found.length);
  }
});

test.each(['apply', 'deploy'] as const)('nothing runs any more in a %s whose process was killed at any moment', (name) => {
  const events = readEvents(name);
  for (let length = 0; length < events.length; length += 1) {
    const state = endByProcess(reduce(events.slice(0, length)), { exitCode: null, signal: 'SIGKILL' }, false);
    expect(state.status).toBe('lost');
    const drawn = outline(buildOperationNodes([toOperation(state)]))
      .slice(1)
      .join('\n');
    expect(drawn).not.toMatch(/\brunning\b|…/);
  }
});

test.each([
  ['changes are what a plan is for', exitCodes.changesPresent, 'done'],
  ['the user has stopped it', exitCodes.interrupted, 'cancelled'],
  ['nobody has confirmed it', exitCodes.notConfirmed, 'cancelled'],
  ['another process works on the project', exitCodes.locked, 'failed'],
])('exit code: %s', (_reason, exitCode, expected) => {
  expect(toStatus(exitCode)).toBe(expected);
});

test.each([
  ['a usage mistake before the first event', { exitCode: 3, signal: null }, false, 'failed'],
  ['a signal that the user asked for', { exitCode: null, signal: 'SIGTERM' }, true, 'cancelled'],
  ['Ctrl-C before anybody listened to it', { exitCode: null, signal: 'SIGINT' }, false, 'cancelled'],
  ['nobody saw it end', { exitCode: null, signal: null }, false, 'lost'],
] as const)('an end without a last event: %s', (_reason, end, isCancelled, expected) => {
  expect(endByProcess(newOperation('apply', '/infra.yaml'), end, isCancelled).status).toBe(expected);
});

test('what has ended stays as it was', () => {
  const state = reduce(readEvents('deploy'));
  expect(endByProcess(state, { exitCode: 0, signal: null }, false)).toBe(state);
});

test('lines for the channel change nothing, so nothing is painted for them', () => {
  const state = newOperation('deploy', '/infra.yaml');
  expect(reduceEvent(state, { kind: 'ansible-line', at: '2026-01-01T00:00:00.000Z', stream: 'stdout', text: 'hello' })).toBe(state);
});

test('progress of an unknown step is passed over', () => {
  const state = newOperation('apply', '/infra.yaml');
  const event = operationEvent.parse({
    kind: 'step-progress',
    at: '2026-01-01T00:00:00.000Z',
    step: 'x',
    address: 'server.web',
    state: 'New',
    elapsedMs: 1,
  });
  expect(reduceEvent(state, event)).toBe(state);
});

test('an operation that was asked to stop says what it waits for', () => {
  const state = newOperation('apply', '/infra.yaml');
  expect(createTextRenderer('en', {})(describeOperation({ ...toOperation(state), isStopping: true }))).toBe(
    'stopping: what has begun is finished',
  );
});

test('while an apply goes on it says how much of the whole is done', () => {
  const events = readEvents('apply');
  const text = (count: number): string => render(describeOperation(toOperation(reduce(events.slice(0, count)))));
  const ended = events.flatMap(({ kind }, index) => (kind === 'step-succeeded' ? [text(index + 1)] : []));
  expect(ended).toEqual(ended.map((_text, index) => `${index + 1} of ${ended.length} step${ended.length === 1 ? '' : 's'} done`));
  expect(ended.length).toBeGreaterThan(1);
});
