import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { readInfraFile } from '../read-infra-file.ts';
import { createMemoryFiles } from '../testing/memory-files.ts';

const render = createTextRenderer('en');
const main = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
include: [other]
servers: { web: {} }
`;

/** Everything that is said about a project whose include holds a text: sentences, fixes, addresses. */
async function sayAbout(text: string): Promise<string> {
  const { diagnostics } = await readInfraFile(createMemoryFiles({ '/infra.yaml': main, '/other': text }), '/infra.yaml');
  const sentences = diagnostics.flatMap(({ summary, detail, related, fixes }) => [
    summary,
    detail,
    ...related.map((one) => one.text),
    ...fixes.map(({ title }) => title),
  ]);
  return [...sentences.map(render), JSON.stringify(diagnostics)].join('\n');
}

describe('nothing of a file that is no infra file is shown because somebody includes it', () => {
  test.each([
    [
      'an environment file',
      'DB_PASSWORD=correct horse battery staple\nAPI_KEY="sk-live/9fz+81x=="\n',
      ['correct', 'horse', 'sk-live', '9fz'],
    ],
    ['credentials of hosts', 'machine api.example login deploy password S3cr3t/Pass+word\n', ['deploy', 'S3cr3t', 'Pass']],
    [
      'a file of passwords',
      'root:$6$abcdefgh$ijklmnopqrstuvwx:20228:0:99999:7:::\ndaemon:*:20228:0:99999:7:::\n',
      ['abcdefgh', '20228', 'ijklm'],
    ],
    ['values of keys', 'token: "two words of a secret"\n"a key with words": 1\n', ['two words', 'with words']],
    ['values where others belong', 'sizes: { small: { cpu: "my secret words", ram: "other secret words" } }\n', ['secret words']],
    ['a private key', '-----BEGIN KEY-----\nMIIEpAIBAAKCAQEAqwertyui/asdf+\n-----END KEY-----\n', ['MIIEpAIB', 'asdf']],
    ['broken YAML', 'a: "secret one\nb: [secret two\n', ['secret']],
    ['unknown aliases', 'a: *my/secret+alias\n', ['secret']],
  ])('%s', async (_name, text, secrets) => {
    const said = await sayAbout(text);
    for (const secret of secrets) expect(said).not.toContain(secret);
  });

  test('whatever a file holds, no run of it with a sign that no name has is quoted', async () => {
    const secret = fc.stringMatching(/^[a-z]{4,8}[/+=$ ][a-z]{4,8}$/);
    const shapes = fc.constantFrom(
      '{0}',
      '{0}: 1',
      'key: {0}',
      '- {0}',
      'sizes: { a: { cpu: "{0}" } }',
      'sizes:\n  "{0}": {}',
      'a: "{0}',
      'defaults:\n  vars: "{0}"',
    );
    await fc.assert(
      fc.asyncProperty(secret, shapes, async (text, shape) => {
        expect(await sayAbout(`${shape.replace('{0}', text)}\n`)).not.toContain(text);
      }),
      { numRuns: 500 },
    );
  });
});

test('a key that looks like one is named, and so is what may stand there', async () => {
  expect(await sayAbout('sizes: { small: { cpus: 1 } }\n')).toContain('`cpus`');
  expect(await sayAbout('servers: {}\n')).toContain('`servers`');
});
