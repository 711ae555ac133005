import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({}, { ICT_ATTEMPTS: '2' });
});
afterEach(() => lab.close());

const nothingChanged = (): void => {
  expect(lab.serverNames()).toEqual([]);
  expect(lab.sandbox.requests.counts()).not.toHaveProperty('POST /server');
};

const aliasBomb = `${head}vars: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
  .split('')
  .map((name, index) => `v${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefghij'[index]}`).join(', ')}]\n`)
  .join('')}`;

describe('a file that cannot be used is refused with exit code 3, and nothing is sent', () => {
  test.each([
    ['an empty file', ''],
    ['only a comment', '# nothing\n'],
    ['binary', Buffer.from([0, 1, 2, 0xff, 0xfe, 0, 0x80])],
    ['not UTF-8', Buffer.from([0x76, 0xff, 0xff, 0x3a])],
    ['10 MB of YAML', `servers:\n${'  a: { cpu: 1 }\n'.repeat(700_000)}`],
    ['an alias bomb', aliasBomb],
    ['deep nesting', `servers: ${'['.repeat(20_000)}`],
    ['a list', '- 1\n- 2\n'],
    ['a number', '42\n'],
    ['wrong types everywhere', 'version: one\nproject: [1]\nservers: 5\nnetworks: [a]\ndefaults: yes\nlimits: { max_deletes: many }\n'],
    ['broken quotes', 'version: 1\nproject: "shop\n'],
    ['a tab as indentation', 'version: 1\nproject: shop\nservers:\n\ta: {}\n'],
    ['two documents', `${head}---\nversion: 1\n`],
    ['a newer format', 'version: 2\nproject: shop\n'],
    ['the old format', 'web:\n  VDC_options: {}\n  Servers: {}\n'],
  ])('%s', async (_reason, text) => {
    await writeFile(lab.file, text);
    for (const command of [['validate'], ['plan'], ['apply', '--yes']]) {
      const { code, err } = await lab.run(command);
      expect(`${code}: ${err}`).toMatch(/^3: .*error/s);
      expect(err).not.toMatch(/bug in ict|undefined|\[object/);
    }
    nothingChanged();
  });

  test('no file at all', async () => {
    expect(await lab.run(['plan'])).toMatchObject({ code: 3, err: 'There is no infra file in .. Name one, or create infra.yaml.\n' });
    expect((await lab.run(['plan', 'missing'])).code).toBe(3);
  });
});

describe('an endpoint that cannot be used', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const answerWith = async (status: number, type: string, body: string): Promise<string> => {
    server = createServer((_request, response) => response.writeHead(status, { 'Content-Type': type }).end(body));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const plan = async (environment: Record<string, string>) => {
    await lab.write(`${head}servers: { a: {} }\n`);
    return lab.run(['apply', '--yes'], { environment });
  };

  test('no network: exit code 5 and what to check', async () => {
    expect(await plan({ ONECLOUD_ENDPOINT: 'http://127.0.0.1:1' })).toMatchObject({
      code: 5,
      err: expect.stringMatching(/cannot be reached.*Check the network/),
    });
    nothingChanged();
  });

  test('HTML instead of JSON: exit code 5', async () => {
    const endpoint = await answerWith(200, 'text/html', '<html><body>Log in to the Wi-Fi</body></html>');
    expect(await plan({ ONECLOUD_ENDPOINT: endpoint })).toMatchObject({ code: 5, err: expect.stringMatching(/not one of the 1cloud API/) });
  });

  test('JSON of something else: exit code 5', async () => {
    const endpoint = await answerWith(200, 'application/json', '{"hello":"world"}');
    expect((await plan({ ONECLOUD_ENDPOINT: endpoint })).code).toBe(5);
  });

  test('a failing provider: exit code 5 after the retries', async () => {
    const endpoint = await answerWith(500, 'text/html', '<h1>500</h1>');
    expect(await plan({ ONECLOUD_ENDPOINT: endpoint })).toMatchObject({ code: 5, err: expect.stringMatching(/provider failed/) });
  });

  test('TLS spoken to a server without it: exit code 5', async () => {
    const endpoint = (await answerWith(200, 'text/plain', '')).replace('http:', 'https:');
    expect(await plan({ ONECLOUD_ENDPOINT: endpoint })).toMatchObject({
      code: 5,
      err: expect.stringMatching(/secure connection|cannot be reached/),
    });
  });

  test('a wrong token: exit code 4', async () => {
    expect(await plan({ ONECLOUD_TOKEN: 'f'.repeat(64) })).toMatchObject({
      code: 4,
      err: expect.stringMatching(/does not accept the token.*ict login/),
    });
    nothingChanged();
  });

  test('no token: exit code 4 and three ways on', async () => {
    expect(await plan({ ONECLOUD_TOKEN: '' })).toMatchObject({
      code: 4,
      err: expect.stringMatching(/ict login.*ONECLOUD_TOKEN.*ict sandbox/),
    });
  });

  test('an endpoint that is no URL: exit code 3', async () => {
    expect(await plan({ ONECLOUD_ENDPOINT: 'not a url' })).toMatchObject({ code: 3, err: expect.stringMatching(/ONECLOUD_ENDPOINT/) });
  });
});

describe('a wrong command line ends with exit code 3', () => {
  test.each([
    [['plam'], /no command "plam"/],
    [['plan', '--nosuch'], /no option/],
    [['apply', '--allow-deletes', 'many'], /whole number/],
    [['plan', 'a', 'b'], /too many arguments/],
    [['power', 'stop'], /argument .* is missing/],
    [['explain', 'unknown-kei'], /no diagnostic "unknown-kei"/],
    [['completion', 'tcsh'], /bash, zsh, fish/],
    [['plan', '--timeout', 'soon'], /time span/],
    [['unprotect', 'db'], /address is expected/],
  ])('%j', async (args, message) => {
    await lab.write(head);
    const { code, err } = await lab.run(args);
    expect(code).toBe(3);
    expect(err).toMatch(message);
  });

  test('a target that names nothing says what was meant', async () => {
    await lab.write(`${head}servers: { web: { count: 2 } }\n`);
    expect(await lab.run(['plan', '--only', 'wbe'])).toMatchObject({ code: 3, err: expect.stringMatching(/Did you mean `web`/) });
  });
});
