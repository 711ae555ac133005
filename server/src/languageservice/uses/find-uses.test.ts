import { describe, expect, test } from 'vitest';
import { markRanges } from '../testing/marked-text.ts';
import { openMarked, openText } from '../testing/open-marked.ts';
import { findNameAt, findUsesOf, innerRange, listUses } from './find-uses.ts';

const print = (text: string): readonly string[] =>
  listUses(openText(text)).map(({ use }) => `${use.role === 'definition' ? 'defines' : use.role} ${use.kind} ${use.name}`);

describe('names and paths', () => {
  test.each([
    ['a size', 'sizes:\n  small: { cpu: 1 }\n', ['defines sizes small']],
    ['a size that is used', 'servers:\n  a:\n    size: small # c\n', ['defines servers a', 'use sizes small']],
    ['in defaults', 'defaults: { size: s, ssh_keys: [k], networks: [n] }\n', ['use sizes s', 'use ssh_keys k', 'use networks n']],
    [
      'lists in lines',
      'servers:\n  a:\n    ssh_keys:\n      - k\n    networks:\n    - n\n',
      ['defines servers a', 'use ssh_keys k', 'use networks n'],
    ],
    ['members of a group', 'groups:\n  g: { servers: [a, b-1] }\n', ['defines groups g', 'use targets a', 'use targets b-1']],
    ['an alert', 'alerts:\n  x: { on: [a], notify: [t] }\n', ['defines alerts x', 'use targets a', 'use notify t']],
    ['a schedule', 'schedules:\n  x:\n    targets: [a]\n    notify: [t]\n', ['defines schedules x', 'use targets a', 'use notify t']],
    [
      'playbooks',
      'servers:\n  a:\n    playbooks:\n      - nginx\n      - p/site.yml\n      - path: x.yml\n        tags: [t]\n      - name: docker\n',
      ['defines servers a', 'use playbooks nginx', 'path playbook-file p/site.yml', 'path playbook-file x.yml', 'use playbooks docker'],
    ],
    ['other files', 'include: [a.yaml]\nprices: p.yaml\n', ['path include a.yaml', 'path prices p.yaml']],
    ['a key file', 'ssh_keys:\n  k: ~/.ssh/id.pub\n', ['defines ssh_keys k', 'path key-file ~/.ssh/id.pub']],
    ['a key that stands in the file', 'ssh_keys:\n  k: ssh-ed25519 AAAA me\n', ['defines ssh_keys k']],
    ['the code of a project', 'servers:\n  a: { app: { source: ., dest: /x } }\n', ['defines servers a', 'path source .']],
    ['a section in brackets', 'servers: { a: { size: s } }\n', ['defines servers a', 'use sizes s']],
    ['everything in brackets', '{ servers: { a: { size: s } } }\n', ['defines servers a', 'use sizes s']],
    ['behind a byte order mark', '\u{feff}servers:\n  a: { size: s }\n', ['defines servers a', 'use sizes s']],
    ['with CRLF', 'servers:\r\n  a:\r\n    size: s\r\n', ['defines servers a', 'use sizes s']],
    [
      'with anchors',
      'servers:\n  a: &x\n    size: &y s\n  b:\n    <<: *x\n    size: *y\n',
      ['defines servers a', 'use sizes s', 'defines servers b'],
    ],
    [
      'in an entry that is half-typed',
      'servers:\n  a:\n    size: s\n    netw\n  b:\n    size: [\n',
      ['defines servers a', 'use sizes s', 'defines servers b'],
    ],
    ['variables name nothing', 'defaults:\n  vars: { size: s, servers: [a] }\n', []],
  ])('%s', (_name, text, expected) => expect(print(text)).toEqual(expected));
});

const file = `version: 1
sizes:
  small: { cpu: 1 }
servers:
  web: { size: small, count: 2 }
  web-7: { size: small }
  api: { size: 'small' }
groups:
  all: { servers: [web, web-1, web-2, web-3, web-7, "api"] }
  more: { servers: [all] }
`;
const uses = (kind: Parameters<typeof findUsesOf>[1], name: string): string =>
  markRanges(file, findUsesOf([openText(file)], kind, name).map(innerRange));

test('uses of an entry are found with its servers, and without namesakes', () => {
  expect(uses('servers', 'web')).toBe(file.replace('  web:', '  «web»:').replace('[web, web-1, web-2', '[«web», «web-1», «web-2»'));
  expect(uses('servers', 'api')).toBe(file.replace('  api:', '  «api»:').replace('"api"', '"«api»"'));
  expect(uses('groups', 'all')).toBe(file.replace('  all:', '  «all»:').replace('[all]', '[«all»]'));
  expect(uses('sizes', 'small')).toBe(file.replaceAll('small', '«small»'));
  expect(uses('networks', 'small')).toBe(file);
});

describe('the name under the cursor', () => {
  test.each([
    ['at its beginning', 'servers:\n  ¦web: {}\n', 'servers web'],
    ['behind it', 'servers:\n  web¦: {}\n', 'servers web'],
    ['of one server', 'servers:\n  web: { count: 2 }\ngroups:\n  g: { servers: [web¦-2] }\n', 'servers web'],
    ['beyond the count', 'servers:\n  web: { count: 2 }\ngroups:\n  g: { servers: [web¦-3] }\n', 'undefined web-3'],
    ['of a group', 'groups:\n  g: { servers: [g¦2] }\n  g2: { servers: [] }\n', 'groups g2'],
    ['of an entry that is half-typed', 'servers:\n  web:\n    si\ngroups:\n  g: { servers: [we¦b] }\n', 'servers web'],
    [
      'of a server whose entry is half-typed',
      'servers:\n  web:\n    count: 2\n    si\ngroups:\n  g: { servers: [web-¦1] }\n',
      'servers web',
    ],
    ['of servers in brackets', 'servers: { web: { count: 2 } }\ngroups:\n  g: { servers: [web-¦1] }\n', 'servers web'],
    ['after an emoji', 'servers:\n  web: { vars: { x: 🎉 }, size: s¦ }\n', 'sizes s'],
    ['Cyrillic', 'sizes:\n  мал¦ый: { cpu: 1 }\n', 'sizes малый'],
    ['a path', 'include: [a¦.yaml]\n', 'undefined a.yaml'],
  ])('%s', (_name, marked, expected) => {
    const { document, position } = openMarked(marked);
    const found = findNameAt(document, position);
    expect(`${found?.kind} ${found?.name}`).toBe(expected);
  });
  test.each([
    ['nothing', '¦'],
    ['a key', 'servers:\n  web: { si¦ze: s }\n'],
    ['a comment', 'servers: # ¦web\n'],
    ['behind the text', 'a: 1\n\n\n¦'],
  ])('none at %s', (_name, marked) => {
    const { document, position } = openMarked(marked);
    expect(findNameAt(document, position)).toBeUndefined();
  });
});

test('a quote that is never closed is no part of its name', () => {
  const text = 'servers:\n  a:\n    size: "sm\n';
  expect(markRanges(text, listUses(openText(text)).map(innerRange))).toBe('servers:\n  «a»:\n    size: "«sm»\n');
});
