import { expect, test } from 'vitest';
import { InfraAnalysis } from '../diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from './infra-document-model.ts';
import { openInSlices } from './open-in-slices.ts';

const head = 'version: 1\nproject: shop\nsizes:\n  s: { cpu: 1, ram: 1 GB, disk: 10 GB }\nservers:\n';
const entries = Array.from(
  { length: 4000 },
  (_, index) => `  a-${index}:\n    # comment\n    size: s${index % 1000 === 999 ? 'x' : ''}\n    cpu: 2\n`,
);

async function open(text: string): Promise<{ model: InfraDocumentModel; pauses: number }> {
  let pauses = 0;
  const model = await openInSlices('f', text, () => {
    pauses += 1;
    return Promise.resolve();
  });
  return { model, pauses };
}

test.each([
  ['a large text', head + entries.join('')],
  ['one without a line break at its end', (head + entries.join('')).trimEnd()],
  ['one with CRLF', (head + entries.join('')).replaceAll('\n', '\r\n')],
  ['one with a mistake in the middle', `${head}${entries.join('')}  b:\n    si\n${entries.join('').replaceAll('a-', 'c-')}`],
])('%s is the same as when opened at once', async (_name, text) => {
  const { model, pauses } = await open(text);
  const whole = new InfraDocumentModel('f', text);
  expect(pauses).toBeGreaterThan(1);
  expect(model.text).toBe(text);
  expect(model.chunks.map((chunk) => [chunk.role, chunk.text, chunk.anchor.line])).toEqual(
    whole.chunks.map((chunk) => [chunk.role, chunk.text, chunk.anchor.line]),
  );
  expect(new InfraAnalysis(model).getDiagnostics()).toEqual(new InfraAnalysis(whole).getDiagnostics());
});

test('a small text is opened without a pause', async () => {
  const { model, pauses } = await open(head);
  expect([model.text, pauses]).toEqual([head, 0]);
});

test('whoever gets control can stop', async () => {
  const stop = openInSlices('f', head + entries.join(''), () => Promise.reject(new Error('stopped')));
  await expect(stop).rejects.toThrow('stopped');
});
