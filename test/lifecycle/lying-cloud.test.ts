import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { playStory } from './lies/play-story.ts';
import { story } from './lies/stories.ts';

vi.mock('#core/storage/journal-file.ts', async (original) => {
  const { killableJournals } = await import('#test/helpers/killable-store.ts');
  return killableJournals(await original());
});
vi.mock('#core/storage/json-file.ts', async (original) => {
  const { killableFiles } = await import('#test/helpers/killable-store.ts');
  return killableFiles(await original());
});

vi.mock('#core/storage/folder-guard.ts', async (original) => {
  const { killableGuards } = await import('#test/helpers/killable-store.ts');
  return killableGuards(await original());
});

const cases = Number(process.env['ICT_PROPERTY_CASES'] ?? 60);
const seed = Number(process.env['ICT_PROPERTY_SEED'] ?? Date.now() % 1_000_000);
/** One story to play instead, as a failure prints it: a JSON array of lines. */
const given = process.env['ICT_STORY'];

test(
  'a cloud that lies, and runs that are killed: no duplicate, no orphan and no deletion that nobody was told of',
  { timeout: 20_000 + cases * 10_000 },
  async () => {
    if (given !== undefined) await playStory(JSON.parse(given) as string[]);
    else
      await fc.assert(
        fc.asyncProperty(story, async (lines) => void (await playStory(lines))),
        { numRuns: cases, seed, endOnFailure: false },
      );
  },
);

/** Stories that random ones have come to: each ended badly once. */
test.each([
  [
    'a server that was accepted and that nothing shows yet is not told as deleted',
    ['lie list-lag=ms=15000', 'lie object-lag=ms=15000', 'file web-1:1', 'apply killed after write 6', 'apply', 'an hour passes', 'apply'],
  ],
  [
    'a deletion that was cut off keeps its record when the next token is of another project',
    ['file web-1:1 Db:1', 'apply', 'file Db:1', 'apply killed after write 3', 'lie other-project', 'apply', 'truth'],
  ],
  [
    'a create without an answer stays open when the next token is of another project',
    [
      'file web-1:1',
      'apply',
      'file web-1:1 Db:1',
      'lie late-create=POST /server,ms=15000,times=1',
      'apply',
      'lie other-project',
      'apply',
      'truth',
    ],
  ],
  [
    'a server whose answer was lost and whose row cannot be read is not made again',
    ['file web-1:1', 'lie reset-after-accept=POST /server,times=1', 'lie unreadable-row=name=web-1', 'apply', 'an hour passes', 'apply'],
  ],
  [
    'a create without an answer is told after its entry has left the file',
    ['file api:1', 'lie late-create=POST /server,ms=15000,times=1', 'apply', 'file', 'apply', 'destroy everything', 'destroy api'],
  ],
])('%s', async (_reason, lines) => {
  expect(await playStory(lines)).toContain('the end');
});

test('a killed run ends where it was killed, and the next one goes on from there', async () => {
  const told = await playStory(['file web-1:1', 'apply killed before write 4', 'apply']);
  expect(told.filter((line) => line.startsWith('  →')).map((line) => line.split(': ').at(-1))).toEqual(['killed', '0', '0']);
});
