import { expect, test } from 'vitest';
import type { Exchange } from '../read/exchange.ts';
import { findLeaks } from './find-leaks.ts';

const raw: Exchange[] = [
  { path: '/server', status: 200, headers: {}, elapsedMs: 1, body: [{ AdminPassword: 'Ab12Cd34', Vpn: { SharedKey: 'a "quoted" key' } }] },
];

test.each([
  ['the token', '{"x":"tttttttt"}', ['the token']],
  ['a password', '{"x":"Ab12Cd34"}', ['AdminPassword']],
  ['a nested key with quotes', JSON.stringify({ x: 'a "quoted" key' }), ['SharedKey']],
  ['nothing', '{"x":"hidden"}', []],
])('%s is found', (_reason, text, leaks) => expect(findLeaks(text, raw, 'tttttttt')).toEqual(leaks));
