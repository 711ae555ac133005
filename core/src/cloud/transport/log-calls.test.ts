import { expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, request, type Reaction } from '#test/cloud/fake-send.ts';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { logCalls } from './log-calls.ts';

test.each<[string, Reaction, string]>([
  ['an answer', answer(200, '{"AdminPassword":"Ab12Cd34"}'), 'debug GET /server {"status":200,"elapsedMs":0}'],
  [
    'a failure, as a warning',
    new CloudError('server-error', 'GET /server: 500', { status: 500 }),
    'warn GET /server failed {"code":"server-error","status":500,"message":"GET /server: 500","elapsedMs":0}',
  ],
  [
    'something that is not there, quietly',
    new CloudError('not-found', 'gone', { status: 404 }),
    'debug GET /server {"code":"not-found","status":404,"message":"gone","elapsedMs":0}',
  ],
  ['a fault of ours, without its words', new TypeError('Bearer abc'), 'warn GET /server failed {"code":"unexpected","elapsedMs":0}'],
])('one line for %s', async (_reason, reaction, line) => {
  const logger = createRecordingLogger();
  const call = logCalls({ clock: createScriptedClock(), logger })(fakeSend(reaction).send);
  await call({ ...request(), body: { Name: 'never logged' } }).catch(() => undefined);
  expect(logger.lines).toEqual([line]);
});
