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

const cases = Number(process.env['ICT_PROPERTY_CASES'] ?? 60);
const seed = Number(process.env['ICT_PROPERTY_SEED'] ?? Date.now() % 1_000_000);
/** One story to play instead, as a failure prints it: a JSON array of lines. */
const given = process.env['ICT_STORY'];

test(
  'a cloud that lies, and runs that are killed: no duplicate, no orphan and no deletion that nobody was told of',
  { timeout: 20_000 + cases * 10_000 },
  async () => {
    if (given !== undefined) return playStory(JSON.parse(given) as string[]);
    await fc.assert(fc.asyncProperty(story, playStory), { numRuns: cases, seed, endOnFailure: false });
  },
);

test('a killed run leaves its journal as kill -9 does', async () => {
  expect(await playStory(['file web-1:1', 'apply killed before write 4', 'apply'])).toBeUndefined();
});
