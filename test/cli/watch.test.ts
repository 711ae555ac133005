import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchEvent, type WatchEvent } from '#schemas/events/watch-event.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await openLab();
});

afterEach(() => lab.close());

/** Runs `ict watch`; `onEvent` is called with each line and says whether to ask for another look or to end the input. */
async function watch(onEvent: (event: WatchEvent, number: number) => Promise<'again' | 'end'>): Promise<WatchEvent[]> {
  const events: WatchEvent[] = [];
  const answers: ((answer: 'again' | 'end') => void)[] = [];
  async function* lines(): AsyncIterable<string> {
    while ((await new Promise<'again' | 'end'>((resolve) => answers.push(resolve))) === 'again') yield 'again';
  }
  const { code } = await lab.run(['watch', '--interval', '1h'], {
    lines: lines(),
    onText: (text) => {
      const event = watchEvent.parse(JSON.parse(text));
      events.push(event);
      void onEvent(event, events.length).then((answer) => answers.shift()?.(answer));
    },
  });
  expect(code).toBe(0);
  return events;
}

test('a look at once, one at each line of input, and the end with the input', async () => {
  await lab.write(`${head}servers:\n  web: { count: 2 }\n`);
  const events = await watch(async (_event, number) => {
    if (number === 1) await lab.run(['apply', '--yes']);
    return number < 2 ? 'again' : 'end';
  });
  const states = events.map((event) =>
    event.kind === 'project' ? event.servers.map(({ name, state, action }) => [name, state, action]) : [],
  );
  expect(states).toEqual([
    [
      ['web-1', 'absent', 'create'],
      ['web-2', 'absent', 'create'],
    ],
    [
      ['web-1', 'running', 'no-op'],
      ['web-2', 'running', 'no-op'],
    ],
  ]);
});

test('servers that nobody manages are told apart', async () => {
  await lab.write(`${head}servers:\n  old: {}\n`);
  await lab.run(['apply', '--yes']);
  await lab.write(`version: 1\nproject: other\n`);
  const [event] = await watch(() => Promise.resolve('end'));
  expect(event).toMatchObject({ kind: 'project', servers: [], unmanaged: [{ name: 'old', state: 'running' }] });
});

test('a file with mistakes and a wrong token are problems with a way out, and it goes on', async () => {
  await lab.write('version: 1\nproject: shop\nservers: { web: { cpu: none } }\n');
  const events = await watch(async (_event, number) => {
    await lab.write(`${head}servers:\n  web: {}\n`);
    return number < 2 ? 'again' : 'end';
  });
  expect(events.map(({ kind }) => kind)).toEqual(['problem', 'project']);
});
