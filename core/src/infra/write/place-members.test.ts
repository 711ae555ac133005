import { expect, test } from 'vitest';
import { readSample, SAMPLE_PATH, sampleHead } from '../testing/read-sample.ts';
import { applyEdits } from './apply-edits.ts';
import { type Member, placeMembers } from './place-members.ts';

/** Writes members into the entry `web` of a text. Gives the text behind the head, or the fields that cannot be placed. */
async function place(
  servers: string,
  members: readonly Member[],
  files: Readonly<Record<string, string>> = {},
): Promise<string | readonly string[]> {
  const { value } = await readSample(sampleHead + servers, files);
  const entry = value?.entries.find(({ name }) => name === 'web');
  if (!value || !entry) throw new Error('the sample has mistakes');
  const { edits, unplaced } = placeMembers(value, entry, members);
  if (unplaced.length > 0) return unplaced;
  expect(edits.every(({ file }) => file === SAMPLE_PATH)).toBe(true);
  return applyEdits(sampleHead + servers, edits).slice(sampleHead.length);
}

const ram: readonly Member[] = [['ram', '2 GB']];
const both: readonly Member[] = [
  ['cpu', '2'],
  ['ram', '2 GB'],
];

test.each<[string, string, readonly Member[], string | readonly string[]]>([
  ['a value is replaced, its comment stays', 'servers:\n  web:\n    ram: 1 GB # why\n', ram, 'servers:\n  web:\n    ram: 2 GB # why\n'],
  ['a quoted value with its quotes', "servers:\n  web:\n    ram: '1 GB'\n", ram, 'servers:\n  web:\n    ram: 2 GB\n'],
  ['a value in braces', 'servers:\n  web: { ram: 1 GB, cpu: 1 }\n', ram, 'servers:\n  web: { ram: 2 GB, cpu: 1 }\n'],
  [
    'inherited values come first',
    'servers:\n  web:\n    # a\n    power: on\n',
    both,
    'servers:\n  web:\n    # a\n    cpu: 2\n    ram: 2 GB\n    power: on\n',
  ],
  ['one replaced, one added', 'servers:\n  web:\n    cpu: 1\n', both, 'servers:\n  web:\n    ram: 2 GB\n    cpu: 2\n'],
  [
    'deep indentation',
    'servers:\n      web:\n            power: on\n',
    ram,
    'servers:\n      web:\n            ram: 2 GB\n            power: on\n',
  ],
  ['empty braces', 'servers:\n  web: {}\n', both, 'servers:\n  web: { cpu: 2, ram: 2 GB }\n'],
  [
    'a brace in a comment is no brace',
    'servers:\n  web: # {\n    power: on\n',
    ram,
    'servers:\n  web: # {\n    ram: 2 GB\n    power: on\n',
  ],
  ['a value on the next line is left alone', 'servers:\n  web:\n    ram:\n      1 GB\n', ram, ['ram']],
  ['an anchor and its alias are left alone', 'servers:\n  web: { ram: &a 1 GB }\n  db: { ram: *a }\n', ram, ['ram']],
  ['an alias is left alone', 'servers:\n  db: { ram: &a 1 GB }\n  web: { ram: *a }\n', ram, ['ram']],
  [
    'Cyrillic and emoji in front of it',
    'servers:\n  db: {} # сервер 🚀\n  web: { ram: 1 GB } # 🚀\n',
    ram,
    'servers:\n  db: {} # сервер 🚀\n  web: { ram: 2 GB } # 🚀\n',
  ],
])('%s', async (_reason, servers, members, expected) => {
  expect(await place(servers, members)).toEqual(expected);
});

test('edits are made whatever their order, and inserts at one place keep it', () => {
  const at = (character: number) => ({ line: 0, character });
  const edits = [
    { start: at(3), end: at(4), newText: 'D' },
    { start: at(0), end: at(0), newText: '1' },
    { start: at(0), end: at(0), newText: '2' },
  ];
  expect(applyEdits('abcd', edits)).toBe('12abcD');
  expect(applyEdits('', [])).toBe('');
});
