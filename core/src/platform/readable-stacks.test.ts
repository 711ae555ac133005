import { expect, test } from 'vitest';
import { formatStack, type SourcePlace, type StackFrame } from './readable-stacks.ts';

const frame = (file: string, line: number, column: number, name: string): StackFrame => ({
  getFileName: () => file,
  getLineNumber: () => line,
  getColumnNumber: () => column,
  toString: () => `${name} (${file}:${line}:${column})`,
});
const places: Readonly<Record<string, SourcePlace>> = {
  '1:10': { file: '/src/inner.ts', line: 3, column: 5, name: 'size' },
  '1:20': { file: '/src/outer.ts', line: 7, column: 9, name: 'readInner' },
  '1:30': { file: '/src/main.ts', line: 1, column: 1, name: undefined },
};
const find = (line: number, column: number): SourcePlace | undefined => places[`${line}:${column}`];
const format = (...frames: readonly StackFrame[]): readonly string[] =>
  formatStack(new TypeError('no size'), frames, '/dist/cli.js', find).split('\n');

test('a frame has its place in the sources, and the name by which it was called there', () => {
  const frames = [frame('/dist/cli.js', 1, 10, 'a'), frame('/dist/cli.js', 1, 20, 'b'), frame('/dist/cli.js', 1, 30, 'c')];
  expect(format(...frames)).toEqual([
    'TypeError: no size',
    '    at readInner (/src/inner.ts:3:5)',
    '    at /src/outer.ts:7:9',
    '    at /src/main.ts:1:1',
  ]);
});

test('frames of Node and of places without a source stay as they are', () => {
  expect(format(frame('node:internal/timers', 1, 10, 'listOnTimeout'), frame('/dist/cli.js', 9, 9, 'x'))).toEqual([
    'TypeError: no size',
    '    at listOnTimeout (node:internal/timers:1:10)',
    '    at x (/dist/cli.js:9:9)',
  ]);
});

test('an error without frames is its message', () => expect(format()).toEqual(['TypeError: no size']));
