import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasErrors } from '#core/diagnostics/diagnostic.ts';
import { formatInfraText } from './format/format-infra-text.ts';
import { readInfraFile } from './read-infra-file.ts';
import { resolveInfra } from './resolve/resolve-infra.ts';
import { createMemoryFiles } from './testing/memory-files.ts';
import { readSample, SAMPLE_PATH } from './testing/read-sample.ts';
import { sampleCatalog } from './testing/sample-catalog.ts';

const examples = resolve(dirname(fileURLToPath(import.meta.url)), '../../../examples');
const readExample = (name: string): string => readFileSync(resolve(examples, name), 'utf8');

describe.each(['minimal.infra.yaml', 'shop/infra.yaml'])('the example %s', (name) => {
  test('has no problems', async () => {
    const { value, diagnostics } = await readSample(readExample(name), { 'keys/demo.pub': readExample('shop/keys/demo.pub') });
    expect(diagnostics).toEqual([]);
    expect(value && resolveInfra(value, sampleCatalog).diagnostics).toEqual([]);
  });

  test('is in canonical form', () => expect(formatInfraText(readExample(name)).text).toBe(readExample(name)));
});

const shop = readExample('shop/infra.yaml');

test('no bytes make it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const { value, diagnostics } = await readInfraFile(createMemoryFiles({ [SAMPLE_PATH]: bytes }), SAMPLE_PATH);
      expect(value === undefined).toBe(hasErrors(diagnostics));
    }),
  );
});

test('a file cut off anywhere is answered with problems or a value, never with both missing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(shop.length), fc.nat(40), fc.string({ maxLength: 3 }), async (at, length, insert) => {
      const text = shop.slice(0, at) + insert + shop.slice(at + length);
      const { value, diagnostics } = await readSample(text, { 'keys/demo.pub': readExample('shop/keys/demo.pub') });
      expect(value === undefined).toBe(hasErrors(diagnostics));
      if (value) expect(() => resolveInfra(value, sampleCatalog)).not.toThrow();
    }),
    { numRuns: 300 },
  );
});

test('one mistake in one server leaves no value to plan from, but a partial one for the editor', async () => {
  const { value, partial } = await readSample(shop.replace('count: 2', 'count: two'), {
    'keys/demo.pub': readExample('shop/keys/demo.pub'),
  });
  expect(value).toBeUndefined();
  expect(partial?.entries.map(({ name }) => name)).toEqual(['db']);
});

test('problems come in reading order', async () => {
  const { diagnostics } = await readSample('version: 1\nproject: P\nservers: { w: { size: x } }\nsizes: { s: { cpu: y } }\n');
  expect(diagnostics.map(({ code, source }) => [source?.start.line, code])).toEqual([
    [1, 'invalid-value'],
    [2, 'missing-dc'],
    [2, 'missing-image'],
    [2, 'unknown-size'],
    [3, 'wrong-type'],
  ]);
});
