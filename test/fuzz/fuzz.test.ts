import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { bundleOf } from '../../scripts/bundles.mjs';
import { createRandom } from './random.ts';
import { randomMessage } from './random-messages.ts';
import { storm } from './storm.ts';

const program = `${process.cwd()}/.tsbuild/fuzz-server.cjs`;

// The program of these sources, whatever lies in dist/.
beforeAll(async () => {
  await build(bundleOf('server', program));
});

test('a seed sends the same messages each time', () => {
  const [one, two] = [createRandom(7), createRandom(7)];
  for (let at = 0; at < 500; at += 1) expect(JSON.stringify(randomMessage(one, at))).toBe(JSON.stringify(randomMessage(two, at)));
});

test.each([1, 2, 3])('the language server lives through a storm of random messages, seed %d', async (seed) => {
  const { fall, sent, ended } = await storm({ program, seed, messages: 2000, breakEvery: 1000 });
  expect(fall).toBeUndefined();
  expect({ sent, ended }).toEqual({ sent: 2000, ended: 2 });
});
