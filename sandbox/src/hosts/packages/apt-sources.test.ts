import { expect, test } from 'vitest';
import { findDebianMirrors, writeSources } from './apt-sources.ts';

const fields = `# made by hand
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib

Types: deb
URIs: http://mirror.example/debian-security/
Suites: bookworm-security
Components: main
`;

test.each([
  ['fields', 'a.sources', fields, { main: 'http://mirror.example/debian', security: 'http://mirror.example/debian-security' }],
  [
    'lines, the last with options',
    'sources.list',
    'deb-src http://one.example/debian bookworm main\n# deb http://two.example/debian bookworm main\ndeb [signed-by=/k arch=amd64] https://three.example/debian trixie main # mine\n',
    { main: 'https://three.example/debian', security: undefined },
  ],
  [
    'an old security line',
    'sources.list',
    'deb http://one.example/debian-security bullseye/updates main\ndeb http://one.example/debian stable main\n',
    { main: 'http://one.example/debian', security: 'http://one.example/debian-security' },
  ],
  ['another distribution', 'sources.list', 'deb http://archive.example/ubuntu noble main\n', undefined],
  ['a stranger with suites named after Debian', 'a.list', 'deb https://apt.example/tool bookworm main\n', undefined],
  [
    'a mirror that is switched off',
    'a.sources',
    `Enabled: no\n${fields.slice(0, fields.indexOf('\n\n')).split('\n').slice(1).join('\n')}\n`,
    undefined,
  ],
])('mirrors are found in %s', (_reason, path, text, expected) => {
  expect(findDebianMirrors([{ path, text }])).toEqual(expected);
});

test('an image has the updates, and the security updates where there are any', () => {
  expect(writeSources({ main: 'http://m/debian', security: 'http://m/debian-security' }, 'trixie')).toEqual([
    'deb http://m/debian trixie main',
    'deb http://m/debian trixie-updates main',
    'deb http://m/debian-security trixie-security main',
  ]);
  expect(writeSources({ main: 'http://m/debian', security: undefined }, 'bookworm')).toHaveLength(2);
});
