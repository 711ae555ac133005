import { expect, test } from 'vitest';
import { createOpenCloud } from './open-cloud.ts';

const nobody = { ICT_CONFIG_DIR: '/nowhere/ict' };

test('nobody is signed in', async () => expect(await createOpenCloud(nobody, '1')(undefined)).toBeUndefined());

test('who signed out in the editor is signed out, whatever the environment says', async () => {
  expect(await createOpenCloud({ ...nobody, ONECLOUD_TOKEN: 'a-token' }, '1')({ token: null })).toBeUndefined();
});

test.each([
  ['of the environment', { ...nobody, ONECLOUD_TOKEN: 'a-token', ONECLOUD_ENDPOINT: 'http://127.0.0.1:1' }, undefined],
  ['of the client', nobody, { token: 'a-token', endpoint: 'http://127.0.0.1:1' }],
])('an account %s is read, and cannot be written', async (_whose, environment, given) => {
  const reader = await createOpenCloud({ ...environment, ICT_ATTEMPTS: '1' }, '1')(given);
  expect(Object.keys(reader ?? {}).sort()).toEqual(['close', 'readCatalog', 'readObjects']);
  reader?.close();
});
