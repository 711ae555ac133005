import { expect, test } from 'vitest';
import { readBundle } from './read-bundle.ts';

test('the bundle of the project', async () => expect(await readBundle('l10n/bundle.l10n.ru.json')).toHaveProperty(['Unknown size']));

test.each(['nowhere.json', 'README.md', 'tsconfig.json'])('%s is no bundle', async (path) => expect(await readBundle(path)).toEqual({}));
