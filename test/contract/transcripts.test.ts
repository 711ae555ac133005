import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startTestSandbox, type TestSandbox } from '#sandbox/testing/test-sandbox.ts';
import { matchPattern } from './match-pattern.ts';

/** One request as a public client sends it, and the form of the answer it lives on. */
const exchange = z.strictObject({
  name: z.string(),
  /** Lets this much time pass before the request, milliseconds. */
  after: z.int().optional(),
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
    path: z.string().startsWith('/'),
    json: z.unknown().optional(),
    /** Sent as application/x-www-form-urlencoded. */
    form: z.string().optional(),
    token: z.string().optional(),
  }),
  /** `json` is a pattern, see match-pattern.ts; `text` is exact. */
  answer: z.strictObject({ status: z.int(), json: z.unknown().optional(), text: z.string().optional() }),
});

const transcript = z.strictObject({
  /** Whose requests and answers these are, and how sure we can be of them. */
  source: z.string().min(10),
  seed: z.record(z.string(), z.unknown()).optional(),
  exchanges: z.array(exchange).min(1),
});

const folder = fileURLToPath(new URL('../fixtures/contract/', import.meta.url));
const transcripts = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, ...transcript.parse(JSON.parse(readFileSync(`${folder}${file}`, 'utf8'))) }));

describe.each(transcripts)('$file', ({ seed, exchanges }) => {
  test('replays against the sandbox', async () => {
    const sandbox = await startTestSandbox(seed === undefined ? {} : { seed });
    try {
      for (const one of exchanges) expect(await play(sandbox, one), one.name).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });
});

/** Every endpoint of the provider that the sandbox speaks; the transcripts together must have used each. */
const endpoints = [
  'DELETE /image/{id}',
  'DELETE /network/{id}',
  'DELETE /publicnetwork/{id}',
  'DELETE /server/{id}',
  'DELETE /sshkey/{id}',
  'GET /account',
  'GET /customer/balance',
  'GET /dclocation',
  'GET /image',
  'GET /network',
  'GET /network/{id}',
  'GET /project',
  'GET /publicnetwork',
  'GET /publicnetwork/{id}',
  'GET /server',
  'GET /server/{id}',
  'GET /server/{id}/action',
  'GET /server/{id}/action/{id}',
  'GET /sshkey',
  'GET /sshkey/{id}',
  'POST /image',
  'POST /network',
  'POST /publicnetwork',
  'POST /server',
  'POST /server/{id}/action',
  'POST /server/{id}/copy',
  'POST /server/{id}/rebuild',
  'POST /sshkey',
  'PUT /network/{id}',
  'PUT /publicnetwork/{id}',
  'PUT /server/{id}',
];

test('each endpoint has a transcript in which it succeeds', () => {
  const used = new Set(
    transcripts.flatMap(({ exchanges }) =>
      exchanges
        .filter(({ answer }) => answer.status === 200)
        .map(
          ({ request }) =>
            `${request.method} ${request.path
              .toLowerCase()
              .replace(/\/$/, '')
              .replace(/\/\d+(?=\/|$)/g, '/{id}')}`,
        ),
    ),
  );
  expect([...used].sort()).toEqual(endpoints);
});

async function play(sandbox: TestSandbox, { after, request, answer }: z.output<typeof exchange>): Promise<string[]> {
  if (after !== undefined) sandbox.advance(after);
  const got = await sandbox.call(request.method, request.path, request.form ?? request.json, {
    ...(request.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
  });
  return [
    ...(got.status === answer.status ? [] : [`status ${got.status}: ${got.text}`]),
    ...(answer.json === undefined ? [] : matchPattern(answer.json, got.body)),
    ...(answer.text === undefined || answer.text === got.text ? [] : [`text ${JSON.stringify(got.text)}`]),
  ];
}
