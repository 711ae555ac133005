import { describe, expect, test } from 'vitest';
import { MarkupContent } from 'vscode-languageserver-types';
import type { LanguageRequest } from '../language-request.ts';
import { openMarked } from '../testing/open-marked.ts';
import { createRequest, plainEditor, SAMPLE_NOW, sampleValues } from '../testing/sample-request.ts';
import { getHover } from './get-hover.ts';

const request = createRequest({ timeZone: 'Europe/Moscow' });

function hover(marked: string, by: LanguageRequest = request): string {
  const { document, position } = openMarked(marked);
  const found = getHover(document, position, by);
  return found && MarkupContent.is(found.contents) ? found.contents.value : 'nothing';
}

const head = `version: 1
project: shop
defaults:
  dc: Xelent
  image: Ubuntu 20.4 x64
sizes:
  small: { cpu: 1, ram: 1 GB, disk: 10 GB }
networks: { back: { dhcp: true }, office: {} }
ssh_keys: { laptop: ~/.ssh/id_ed25519.pub }
notify: { team: { type: editor } }
`;
const server = `${head}servers:\n  web:\n    size: small\n    count: 2\n`;

describe('keys', () => {
  test.each([
    ['a section', `${head}ser¦vers: {}\n`, [/^Servers, by name/]],
    [
      'a field with its limits and an example',
      `${head}servers:\n  web:\n    ra¦m: 2 GB\n`,
      [/Memory: a number of MB/, /Documented: 512 MB/, /ram: 2 GB\n```/],
    ],
    ['words that are allowed', `${head}servers:\n  web:\n    po¦wer: on\n`, [/Allowed: `on`, `off`\./]],
    [
      'a value from the entry',
      `${head}servers:\n  web-1:\n    ra¦m: 2 GB\n`,
      [/Effective: `2 GB`, from this entry \(line 13\)\./, /In the panel: `4 GB`\./],
    ],
    [
      'the default of a field',
      `${head}servers:\n  web:\n    monitor¦ing: { port: 1 }\n`,
      [/Effective: `{ agent: true, transport: ssh, port: 1 }`/],
    ],
    ['names made by count', server.replace('count', 'co¦unt'), [/Servers: `web-1`, `web-2`\./]],
    ['many names', server.replace('count: 2', 'co¦unt: 30'), [/Servers: `web-1`, `web-2`, `web-3` … `web-30`\./]],
    [
      'an entry: everything effective, and its server in the panel',
      server.replace('web:', 'w¦eb:'),
      [/`dc`: `Xelent`, from `defaults` \(line 4\)/, /`ram`: `1 GB`, from size `small` \(line 7\)/, /\*\*web-1\*\* \(101\): running/],
    ],
    ['a size', head.replace('small', 'sm¦all'), [/^1 core · 1 GB · 10 GB/]],
    ['a network that exists', head.replace('office', 'off¦ice'), [/linked servers: `legacy`/]],
    ['a field within brackets', head.replace('ram', 'r¦am'), [/^Memory/]],
    ['a field of a channel', head.replace('type: editor', 'ty¦pe: editor'), [/A notification in the editor|Allowed/]],
    [
      'a variable of a playbook',
      `${head}servers:\n  web:\n    playbooks: [nginx]\n    vars: { http_¦port: 1 }\n`,
      [/Port of the site.*default `80`/s],
    ],
    ['a half-typed file', `servers:\n  web:\n    networks: [a\n    pro¦tect: true\n`, [/may not be deleted/]],
  ])('%s', (_name, marked, expected) => {
    const text = hover(marked);
    for (const pattern of expected) expect(text).toMatch(pattern);
  });
});

describe('values', () => {
  test.each([
    ['an image', head.replace('Ubuntu', 'Ub¦untu'), /technical name `Ubuntu20.04x64` · id 3492 .* disk of at least 10 GB/],
    ['a data centre', head.replace('Xelent', 'Xel¦ent'), /`SdnSpb`.*Санкт-Петербург/],
    ['a data centre whose title is taken twice', 'defaults: { dc: М¦ТС }\n', /Vld01.*Nsk01/s],
    ['a size', server.replace('size: small', 'size: sm¦all'), /\*\*small\*\*: 1 core · 1 GB · 10 GB/],
    ['a network', `${head}servers:\n  web: { networks: [ba¦ck] }\n`, /`{ dhcp: true }`/],
    ['a key', `${head}servers:\n  web: { ssh_keys: [lap¦top] }\n`, /id_ed25519\.pub/],
    ['a playbook', `${head}servers:\n  web: { playbooks: [ng¦inx] }\n`, /Web server/],
    ['a target', `${server}groups:\n  g: { servers: [we¦b] }\n`, /1 core .*`web-2`/s],
    ['a group', `${server}groups:\n  g: { servers: [web] }\n  h: { servers: [g¦] }\n`, /Group of `web`/],
    ['an id', `${head}servers:\n  legacy:\n    id: 10¦2\n`, /\*\*legacy\*\* \(102\)/],
    ['a plain word', `${head}servers:\n  web:\n    power: o¦n\n`, /Power state/],
    ['the word of a type', head.replace('type: editor', 'type: edi¦tor'), /editor/],
    ['an item of words', 'servers:\n  web:\n    app: { source: ., dest: /a, exclude: [.g¦it] }\n', /not delivered/],
  ])('%s', (_name, marked, expected) => expect(hover(marked)).toMatch(expected));
});

test.each(['size: smoll', 'size: small'])('an entry that says %s is not told so', (line) => {
  expect(hover(server.replace('size: small', line.replace('size: sm', 'size: sm¦')))).not.toContain('Effective');
});

describe('schedules', () => {
  const schedule = "schedules:\n  nights: { cron: '0 20 ¦* * 1-5', timezone: Asia/Vladivostok, action: stop }\n";

  test('say when they run next, in their time zone and in the reader’s', () => {
    expect(hover(schedule)).toBe(
      `Mon to Fri at 20:00.

Next runs (Asia/Vladivostok):

- Mon, Jan 26, 20:00
- Tue, Jan 27, 20:00
- Wed, Jan 28, 20:00

For you (Europe/Moscow):

- Mon, Jan 26, 13:00
- Tue, Jan 27, 13:00
- Wed, Jan 28, 13:00`,
    );
  });

  test('say it once when the zones are the same', () =>
    expect(hover(schedule.replace('Asia/Vladivostok', 'Europe/Moscow'))).not.toContain('For you'));

  test('that cannot be read say what the key means', () => {
    expect(hover("schedules:\n  a: { cron: 'no¦nsense', action: stop }\n")).toMatch(/five cron fields/i);
  });

  test('show their runs at their name', () => expect(hover(schedule.replace('¦', '').replace('nights', 'ni¦ghts'))).toContain('Next runs'));
});

test('the age of what the panel says is told once it is more than a minute', () => {
  const live = sampleValues.live && { ...sampleValues.live, readAtMs: SAMPLE_NOW - 7_200_000 };
  const old = createRequest({ values: { ...sampleValues, ...(live ? { live } : {}) } });
  expect(hover(`${head}servers:\n  web-1:\n    ra¦m: 2 GB\n`, old)).toContain('In the panel: `4 GB`, read 2 hours ago.');
});

test('servers that differ in the panel are told apart', () => {
  const [web] = sampleValues.live?.value.servers ?? [];
  if (!web) throw new Error('no sample');
  const value = { servers: [web, { ...web, id: 103, name: 'web-2', ramMb: 1024 }], networks: [], keys: [] };
  const both = createRequest({ values: { ...sampleValues, live: { value, readAtMs: SAMPLE_NOW } } });
  expect(hover(server.replace('size: small', 'ra¦m: 2 GB'), both)).toContain('In the panel: `4 GB` (web-1), `1 GB` (web-2).');
});

test('an editor without Markdown gets plain text', () => {
  const { document, position } = openMarked(head.replace('Ubuntu', 'Ub¦untu'));
  const found = getHover(document, position, createRequest({ editor: plainEditor }));
  expect(found?.contents).toMatchObject({ kind: 'plaintext', value: expect.not.stringMatching(/[*`]/) as string });
});

test('names from outside cannot smuggle links in', () => {
  const value = { dataCentres: [], images: [{ id: 1, name: 'x`](http://e)', displayName: '[go](http://evil)' }] };
  const text = hover('defaults:\n  image: 1¦\n', createRequest({ values: { ...sampleValues, catalog: { value, readAtMs: SAMPLE_NOW } } }));
  expect(text).toContain(String.raw`\[go\]\(http://evil\)`);
  expect(text).toContain("`x'](http://e)`");
});

test.each([
  ['a comment', 'version: 1 # ¦x\n'],
  ['an empty place', 'servers:\n  web:\n    ¦\n'],
  ['a key that does not exist', 'servers:\n  web:\n    non¦sense: 1\n'],
  ['a variable that nobody knows', 'defaults:\n  vars: { x¦y: 1 }\n'],
])('nothing at %s', (_name, marked) => expect(hover(marked)).toBe('nothing'));
