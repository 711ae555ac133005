import { once } from 'node:events';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardFrames } from './guard-frames.ts';

/** What arrives behind the guard of some chunks, or why it ended. */
async function pass(chunks: readonly Uint8Array[]): Promise<Buffer | string> {
  const guard = guardFrames();
  const received: Buffer[] = [];
  guard.on('data', (chunk: Buffer) => received.push(chunk));
  const failed = once(guard, 'error').then(([error]: Error[]) => error?.message ?? '');
  const ended = once(guard, 'end').then(
    () => Buffer.concat(received),
    (error: Error) => error.message,
  );
  for (const chunk of chunks) guard.write(chunk);
  guard.end();
  return Promise.race([failed, ended]);
}

const frame = (body: string): Buffer => Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

test('sound frames arrive unchanged, however they are cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), async (bodies, size) => {
      const all = Buffer.concat(bodies.map(frame));
      const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.subarray(at * size, (at + 1) * size));
      expect(await pass(chunks)).toEqual(all);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['Content-Length: 99999999999\r\n\r\n{}', 'a message cannot be read: its Content-Length is 99999999999, above 268435456'],
  ['Content-Length: -1\r\n\r\n{}', 'a message cannot be read: its Content-Length is no number'],
  ['Content-Length: 1e3\r\n\r\n{}', 'a message cannot be read: its Content-Length is no number'],
  ['Content-Length: 9999999999999999999999\r\n\r\n{}', 'a message cannot be read: its Content-Length is no number'],
  ['Content-Type: x\r\n\r\n{}', 'a message cannot be read: there is no Content-Length'],
  [`X: ${'x'.repeat(5000)}`, 'a message cannot be read: its header does not end'],
])('%s ends the connection with its reason', async (text, reason) => {
  expect(await pass([frame('{}'), Buffer.from(text)])).toBe(reason);
});
