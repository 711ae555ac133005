// Storms of random protocol messages against the built language server: `node scripts/fuzz-lsp.mjs --seed 1 --messages 1000000`.
// The same seed sends the same messages. Ends with 1 when the server died or hung, and keeps the last messages beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTs } from './load-ts.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    messages: { type: 'string', default: '1000000' },
    program: { type: 'string', default: join(process.cwd(), 'dist/server.js') },
    node: { type: 'string', multiple: true, default: [] },
  },
});
const { storm } = await loadTs('test/fuzz/storm.ts');
const result = await storm({
  program: values.program,
  seed: Number(values.seed),
  messages: Number(values.messages),
  nodeOptions: values.node,
  onProgress: (/** @type {number} */ sent, /** @type {number} */ rssMb) => console.log(`${sent} messages, ${rssMb} MB`),
});
const { sent, answered, ended, elapsedMs, highestRssMb, fall } = result;
console.log(
  `seed ${values.seed}: ${sent} messages, ${answered} answers, ${ended} connections ended on purpose, ${Math.round(elapsedMs / 1000)} s, at most ${highestRssMb} MB`,
);
if (fall) {
  mkdirSync('.cache', { recursive: true });
  const file = `.cache/fuzz-${values.seed}.json`;
  writeFileSync(file, JSON.stringify(fall.last));
  console.log(`${fall.how}\n${fall.stderr}\nlast messages: ${file}`);
  process.exitCode = 1;
}
