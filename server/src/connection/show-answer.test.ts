import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findHidden, hostileText } from '#test/helpers/hidden-characters.ts';
import { showAnswer } from './show-answer.ts';

/** Every field of an answer that an editor shows, filled with one text; and those that are no words for people. */
const answerWith = (text: string) => ({
  shown: [
    { contents: { kind: 'markdown', value: text } },
    { contents: text },
    { items: [{ label: text, detail: text, documentation: { kind: 'markdown', value: text }, labelDetails: { description: text } }] },
    [{ name: text, detail: text, children: [{ name: text, containerName: text }] }],
    [{ title: text, command: { title: text, command: 'x' } }],
    [{ label: text, tooltip: text }, { label: [{ value: text, tooltip: { kind: 'plaintext', value: text } }] }],
    [{ message: text, relatedInformation: [{ message: text }] }],
  ],
});

test('whatever an editor shows of an answer has nothing hidden in it', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const texts: string[] = [];
      JSON.stringify(showAnswer(answerWith(text)), (_name, value: unknown) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
      expect(texts).toHaveLength(22);
      for (const shown of texts) expect(findHidden(shown, { lines: true })).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});

test('what is written into a file, or comes back to us, stays as it is', () => {
  const text = 'a\u202eb';
  const answer = {
    textEdit: { newText: text, title: text },
    edit: { changes: { [text]: [{ newText: text }] } },
    data: { name: text },
    command: { command: 'x', title: 'x', arguments: [{ name: text }] },
    uri: text,
    filterText: text,
  };
  expect(showAnswer(answer)).toBe(answer);
});
