import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findHidden, hostileText } from '#test/helpers/hidden-characters.ts';
import type { CliIo } from './cli-io.ts';
import { guardIo } from './guard-io.ts';
import { createStyle } from './style.ts';
import { ERASE_LINE, withoutCodes } from './terminal-codes.ts';

const coloured = { environment: { FORCE_COLOR: '1' } } as unknown as CliIo;
const style = createStyle(coloured, true);

/** What a terminal gets of a text, by each way there is. */
function print(text: string): readonly string[] {
  const got: string[] = [];
  const take = (sent: string): void => void got.push(sent);
  const ask = (question: string): Promise<undefined> => Promise.resolve(take(question) as undefined);
  const io = guardIo({ ...coloured, out: take, err: take, ask });
  io.out(text);
  io.err(text);
  void io.ask(text);
  return got;
}

test('our own colours and movements arrive as codes', () => {
  const [out] = print(`${ERASE_LINE}${style.red(style.bold('x'))}\n`);
  expect(out).toBe('\u001b[G\u001b[2K\u001b[31m\u001b[1mx\u001b[22m\u001b[39m\n');
  expect(withoutCodes(`${ERASE_LINE}${style.red('x')}y`)).toBe('xy');
});

test('the inner colour of two ends before the outer one goes on', () => {
  const [out] = print(style.dim(`a${style.bold('b')}c`));
  expect(out).toBe('\u001b[2ma\u001b[1mb\u001b[22m\u001b[2mc\u001b[22m');
});

test('nothing else that steers reaches a terminal, whether it was painted or not', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      for (const sent of [...print(text), ...print(style.bold(text)), ...print(style.dim(`${style.red(text)} ${text}`))]) {
        // oxlint-disable-next-line no-control-regex -- the codes of our own are what is taken away
        const rest = sent.replaceAll(/\u001b\[(?:[12]|22|31|39)m/g, '');
        expect(findHidden(rest, { lines: true })).toBeUndefined();
      }
    }),
    { numRuns: 1000 },
  );
});
