import { expect, test } from 'vitest';
import { testHistory } from '#test/helpers/history-samples.ts';
import { readHistory } from './read-history.ts';

const target = { file: '/project/infra.yaml', title: 'shop' };

test.each([
  [0, '600'],
  [40, '600'],
  [100, '240'],
  [1000, '60'],
])('of %i servers %s steps are asked for: an answer stays of one size', async (servers, points) => {
  const asked: (readonly string[])[] = [];
  const cli = {
    run: (words: readonly string[], { cwd }: { readonly cwd: string }) => {
      asked.push([...words, cwd]);
      return Promise.resolve({ exitCode: 0, stdout: JSON.stringify(testHistory([])), stderr: '' });
    },
  };
  const result = await readHistory(cli, target, { range: '7d', servers }, new AbortController().signal);
  expect(result).toEqual({ kind: 'history', answer: testHistory([]) });
  expect(asked).toEqual([['stats', '--since', '7d', '--points', points, '--json', '--file', target.file, '/project']]);
});
