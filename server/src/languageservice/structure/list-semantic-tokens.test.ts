import { describe, expect, test } from 'vitest';
import { openText } from '../testing/open-marked.ts';
import { diffSemanticTokens, listSemanticTokens, listSemanticTokensIn, tokenLegend } from './list-semantic-tokens.ts';

/** `TEXT:KIND` for each token; `!` marks declarations. */
function decode(text: string, data: readonly number[]): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const tokens: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = down === 0 ? character + right : right;
    line += down;
    tokens.push(`${lines[line]?.slice(character, character + length)}:${tokenLegend.tokenTypes[type]}${modifiers === 1 ? '!' : ''}`);
  }
  return tokens;
}
const tokens = (text: string): string => decode(text, listSemanticTokens(openText(text))).join(' ');

describe('tokens', () => {
  test.each([
    ['names and keys', 'servers:\n  a:\n    size: s\n    foo: 1\n', 'servers:namespace a:class! size:property s:struct'],
    [
      'quantities',
      'sizes:\n  s: { ram: 2 GB, disk: 40GB }\n',
      'sizes:namespace s:struct! ram:property 2:number GB:keyword disk:property 40:number GB:keyword',
    ],
    [
      'words of the format',
      'servers:\n  a: { power: off, pool: wrong }\n',
      'servers:namespace a:class! power:property off:enumMember pool:property',
    ],
    [
      'an alert',
      'alerts:\n  x: { metric: cpu, above: 90%, for: 5m, on: [a], notify: [t] }\n',
      'alerts:namespace x:event! metric:property cpu:enumMember above:property 90:number %:keyword for:property 5:number m:keyword on:property a:class notify:property t:variable',
    ],
    [
      'kinds of channels',
      'notify:\n  t: { type: webhook, url: x }\n',
      'notify:namespace t:variable! type:property webhook:enumMember url:property',
    ],
    ['variables are the own words of the user', 'servers:\n  a:\n    vars:\n      size: 5m\n', 'servers:namespace a:class! vars:property'],
    ['a quoted quantity is text', 'servers:\n  a: { ram: "1 GB" }\n', 'servers:namespace a:class! ram:property'],
    ['broken text', 'servers:\n  a:\n    size: s\n    co\n', 'servers:namespace a:class! size:property s:struct'],
    [
      'CRLF, Cyrillic and emoji',
      'servers:\r\n  веб: { vars: { x: 🎉 }, size: м }\r\n',
      'servers:namespace веб:class! vars:property size:property м:struct',
    ],
    [
      'anchors and aliases',
      'servers:\n  a: &x { size: &y s }\n  b: { <<: *x, size: *y }\n',
      'servers:namespace a:class! size:property s:struct b:class! size:property',
    ],
  ])('%s', (_name, text, expected) => expect(tokens(text)).toBe(expected));
});

test('tokens of a range are those of its lines', () => {
  const text = 'version: 1\nservers:\n  a:\n    size: s\n    cpu: 1\n';
  const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 9 } };
  expect(decode(text, listSemanticTokensIn(openText(text), range))).toEqual(['a:class!', 'size:property', 's:struct']);
});

test.each([
  ['nothing', [1, 2, 3], [1, 2, 3]],
  ['something in the middle', [1, 2, 3], [1, 9, 9, 3]],
  ['something gone', [1, 1, 1], [1, 1]],
  ['everything', [], [1]],
])('the difference of tokens: %s', (_name, before, now) => {
  const made = [...before];
  for (const { start, deleteCount, data = [] } of diffSemanticTokens(before, now)) made.splice(start, deleteCount, ...data);
  expect(made).toEqual(now);
});
