import { expect, test } from 'vitest';
import { createFailureLog } from './failure-log.ts';

test('a storm of one kind is a handful of lines: the first with its stack, then counts', () => {
  const lines: string[] = [];
  const log = createFailureLog((line) => lines.push(line));
  for (let at = 0; at < 8635; at += 1) log('textDocument/didChange', new TypeError(`cannot read ${at}`));
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain('failure-log.test.ts');
  expect(lines.slice(1)).toEqual([10, 100, 1000].map((count) => `textDocument/didChange: TypeError: cannot read # (${count} times)`));
});

test('a storm of ever new kinds is no more than some hundreds', () => {
  const lines: string[] = [];
  const log = createFailureLog((line) => lines.push(line));
  for (let at = 0; at < 5000; at += 1) log('x', new Error('e'.repeat(at)));
  expect(lines.length).toBeLessThan(210);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(2100);
});

test('what a document put into a message does not steer the channel', () => {
  const lines: string[] = [];
  createFailureLog((line) => lines.push(line))('x', 'a\u001b]52;c;x\u0007');
  expect(lines).toEqual([String.raw`x: a\x1b]52;c;x\x07`]);
});
