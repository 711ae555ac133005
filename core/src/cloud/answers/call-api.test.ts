import { describe, expect, test } from 'vitest';
import { wireServer } from '#schemas/cloud/server.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, type Reaction } from '#test/cloud/fake-send.ts';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { changeObject, createObject, deleteObject, readIfFound, readJson } from './call-api.ts';

const { signal } = new AbortController();
const server = { ID: 1, Name: 'web', State: 'New', CPU: 1, RAM: 512, HDD: 10, AdminPassword: 'Ab12Cd34' };
const notFound = new CloudError('not-found', 'gone', { status: 404 });

function start(reaction: Reaction) {
  const logger = createRecordingLogger();
  return { api: { send: fakeSend(reaction).send, logger }, logger };
}

/** Answers with 200 that say nothing we can read. */
const unreadable: readonly (readonly [string, ReturnType<typeof answer>, RegExp])[] = [
  ['a web page', answer(200, '<html></html>', { 'content-type': 'text/html' }), /not JSON but text\/html/],
  ['text', answer(200, 'OK'), /not JSON but of no stated type/],
  ['nothing', answer(200, ' '), /empty/],
  ['JSON of another kind', answer(200, { ID: 1 }), /no sense at Name, State/],
];

describe('readJson', () => {
  test('gives what the schema reads', async () => {
    expect(await readJson(start(answer(200, server)).api, '/server/1', wireServer, signal)).toMatchObject({ ID: 1, Name: 'web' });
  });

  test.each(unreadable)('%s is an invalid answer', async (_reason, given, words) => {
    const reading = readJson(start(given).api, '/server/1', wireServer, signal);
    await expect(reading).rejects.toMatchObject({ code: 'invalid-answer', message: expect.stringMatching(words) });
  });

  test('a field that makes no sense is left out and told to the log, without its value', async () => {
    const { api, logger } = start(answer(200, { ...server, IsPowerOn: 'Ab12Cd34' }));
    expect((await readJson(api, '/server/1', wireServer, signal)).IsPowerOn).toBeUndefined();
    expect(logger.lines).toEqual(['warn GET /server/1: fields that make no sense were left out {"fields":["IsPowerOn"]}']);
  });

  test('an unreadable answer quotes nothing of a body that holds a password', async () => {
    const text = JSON.stringify(server).slice(0, -1);
    const error = await readJson(start(answer(200, text)).api, '/server/1', wireServer, signal).catch((reason: unknown) => reason);
    expect(JSON.stringify([error, String(error)])).not.toContain('Ab12Cd34');
  });
});

describe('readIfFound', () => {
  test('what is not there is an answer', async () => {
    expect(await readIfFound(start(notFound).api, '/server/1', wireServer, signal)).toBeUndefined();
  });

  test('other failures stay failures', async () => {
    await expect(readIfFound(start(new CloudError('network', 'cut')).api, '/server/1', wireServer, signal)).rejects.toThrow('cut');
  });
});

describe('createObject', () => {
  test('gives the new object', async () => {
    expect(await createObject(start(answer(201, server)).api, '/server', {}, wireServer, signal)).toMatchObject({ ID: 1 });
  });

  test.each(unreadable)('accepted, but answered with %s: it must be looked up', async (_reason, given) => {
    await expect(createObject(start(given).api, '/server', {}, wireServer, signal)).rejects.toMatchObject({ code: 'answer-lost' });
  });
});

describe('changeObject', () => {
  test.each(unreadable)('answered with %s, it has succeeded all the same', async (_reason, given) => {
    expect(await changeObject(start(given).api, { method: 'PUT', path: '/server/1', signal }, wireServer)).toBeUndefined();
  });
});

describe('deleteObject', () => {
  test.each(unreadable)('answered with %s, it has succeeded', async (_reason, given) => {
    expect(await deleteObject(start(given).api, '/server/1', signal)).toBe(true);
  });

  test('what was gone before is deleted', async () => {
    expect(await deleteObject(start(notFound).api, '/server/1', signal)).toBe(false);
  });

  test('a refusal is a failure', async () => {
    await expect(deleteObject(start(new CloudError('conflict', 'in use')).api, '/network/1', signal)).rejects.toThrow('in use');
  });
});
