import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

describe('redact', () => {
  test.each([
    ['a token, each time', 'abc and abc', '*** and ***'],
    ['a password', '{"AdminPassword":"Ab12Cd34","ID":1}', '{"AdminPassword":"***","ID":1}'],
    ['a password with an escaped quote', '{"AdminPassword":"A\\"bc1","ID":1}', '{"AdminPassword":"***","ID":1}'],
    ['a password in JSON in a string', '{\\"AdminPassword\\": \\"Ab12\\"}', '{\\"AdminPassword\\": "***"}'],
    ['a password that is a number', '{"password": 12345}', '{"password": "***"}'],
    ['nothing else', 'The request is invalid.', 'The request is invalid.'],
  ])('takes out %s', (_what, text, expected) => expect(redact(text, 'abc')).toBe(expected));

  test('an empty token hides nothing', () => expect(redact('text', '')).toBe('text'));

  test('no token survives, whatever stands around it', () => {
    const token = 'deadbeef'.repeat(8);
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => !redact(before + token + after, token).includes(token)));
  });
});
