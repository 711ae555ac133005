import { expect, test } from 'vitest';
import { runPlaybook } from '#core/ansible/run/run-playbook.ts';
import { follow, scriptProcess } from './follow-run.ts';

const start = `{"v":1,"seq":1,"ts":1,"event":"run_start","playbook":"/p.yml","ansible":"2.14.18","pid":7}`;
const end = (stats: string): string => `{"v":1,"seq":2,"ts":2,"event":"run_end","stats":{${stats}}}`;
const counts = '"web":{"ok":1,"changed":0,"failures":0,"unreachable":0,"skipped":0}';

test('lines on the event channel that are no events are passed on as words, and the events around them count', async () => {
  const followed = follow(
    scriptProcess(
      `echo '${start}' >&3; echo '{"v":1,' >&3; echo >&3; echo 'not json' >&3; echo '{"v":1,"seq":1,"ts":1,"event":"nobody_knows"}' >&3; echo '${end(counts)}' >&3`,
    ),
  );
  expect(await followed.outcome).toEqual({ verdict: 'done', exitCode: 0 });
  expect(followed.events.map(({ event }) => event)).toEqual(['run_start', 'run_end']);
  expect(followed.lines).toEqual(['stderr: {"v":1,', 'stderr: not json', 'stderr: {"v":1,"seq":1,"ts":1,"event":"nobody_knows"}']);
});

test('output keeps its order and its stream, loses its colours, and needs no newline at its end', async () => {
  const followed = follow(
    scriptProcess(String.raw`printf '\033[0;32mok: [web]\033[0m\r\n\nlast'; printf 'warn' >&2; printf '%s' '${start}' >&3`),
  );
  await followed.outcome;
  expect(followed.lines.filter((line) => line.startsWith('stdout'))).toEqual(['stdout: ok: [web]', 'stdout: ', 'stdout: last']);
  expect(followed.lines).toContain('stderr: warn');
  expect(followed.events).toHaveLength(1);
});

test('a warning about our own group names is left out, also where it is broken into lines', async () => {
  const warning = '[WARNING]: Found both group and host with same name:';
  const followed = follow(
    scriptProcess(`printf '%s\\n' '${warning} db' '${warning} a-' 'long-name' '${warning}' 'other' '[WARNING]: more' word >&2`),
  );
  await followed.outcome;
  expect(followed.lines).toEqual(['stderr: [WARNING]: more', 'stderr: word']);
});

test('letters that are cut between two writes come out whole', async () => {
  const followed = follow(scriptProcess(String.raw`printf 'при\320'; sleep 0.2; printf '\262ет\n'`));
  await followed.outcome;
  expect(followed.lines).toEqual(['stdout: привет']);
});

test('a line of five million characters arrives', async () => {
  const followed = follow(
    scriptProcess(`head -c 5000000 /dev/zero | tr '\\0' x; echo; echo after; head -c 5000000 /dev/zero | tr '\\0' y >&3`),
  );
  await followed.outcome;
  expect(followed.lines.map((line) => line.length).sort((a, b) => a - b)).toEqual(['stdout: after'.length, 5_000_008, 5_000_008]);
});

test.each([
  ['by SIGKILL', 'kill -KILL $$', { verdict: 'crashed', exitCode: undefined }],
  ['by SIGSEGV', 'kill -SEGV $$', { verdict: 'crashed', exitCode: undefined }],
  ['with 250', 'exit 250', { verdict: 'crashed', exitCode: 250 }],
  ['with 1 and no word', 'exit 1', { verdict: 'invalid', exitCode: 1 }],
])('a process that ends %s is told apart', async (_reason, script, outcome) => {
  expect(await follow(scriptProcess(script)).outcome).toEqual(outcome);
});

test('a program that is not there is a crash, not an exception', async () => {
  const followed = follow({ ...scriptProcess(''), executable: '/nowhere/ansible-playbook' });
  expect(await followed.outcome).toEqual({ verdict: 'crashed', exitCode: undefined });
});

test('a run that closes its output early is followed to its end', async () => {
  const followed = follow(scriptProcess(`exec 1>&- 2>&-; echo '${start}' >&3; exec 3>&-; sleep 0.3; exit 3`));
  expect(await followed.outcome).toEqual({ verdict: 'failed', exitCode: 3 });
  expect(followed.events).toHaveLength(1);
});

test('the group is one of its own, and an order to stop reaches all of it', async () => {
  const followed = follow(scriptProcess(`sleep 100 & sleep 100 & echo up; wait`));
  await expect.poll(() => followed.lines).toContain('stdout: up');
  const groups = (await followed.listGroup()).map((line) => line.split(' ')[1]);
  expect(groups).toHaveLength(3);
  expect(new Set(groups).size).toBe(1);
  followed.abort();
  expect(await followed.outcome).toMatchObject({ verdict: 'cancelled' });
  await expect.poll(followed.listGroup).toEqual([]);
});

test('what ignores SIGINT gets SIGTERM, what ignores that SIGKILL', async () => {
  const followed = follow(scriptProcess(`trap 'echo int' INT; trap 'echo term' TERM; echo up; while :; do sleep 0.1; done`));
  await expect.poll(() => followed.lines).toContain('stdout: up');
  followed.stop();
  expect(await followed.outcome).toEqual({ verdict: 'cancelled', exitCode: undefined });
  expect(followed.lines.filter((line) => line.startsWith('stdout'))).toEqual(['stdout: up', 'stdout: int', 'stdout: term']);
  await expect.poll(followed.listGroup).toEqual([]);
});

test('a child that outlives its leader ends with a cancelled run, also when it has let go of the output', async () => {
  const followed = follow(
    scriptProcess(`(trap '' INT TERM; exec sleep 100 > /dev/null 2>&1 3>&-) & trap 'exit 99' INT; echo up; while :; do sleep 0.1; done`),
  );
  await expect.poll(() => followed.lines).toContain('stdout: up');
  followed.stop();
  expect(await followed.outcome).toEqual({ verdict: 'cancelled', exitCode: 99 });
  await expect.poll(followed.listGroup).toEqual([]);
});

test('an abort after a stop does not wait for the patience to end', async () => {
  const followed = follow(scriptProcess(`trap '' INT TERM; echo up; while :; do sleep 0.1; done`));
  await expect.poll(() => followed.lines).toContain('stdout: up');
  followed.stop();
  followed.abort();
  expect(await followed.outcome).toMatchObject({ verdict: 'cancelled' });
});

test('stopped before it began, nothing is started', async () => {
  const lines: string[] = [];
  const signals = { stop: AbortSignal.abort(), abort: new AbortController().signal };
  const outcome = await runPlaybook(
    scriptProcess('echo up'),
    { onEvent: () => undefined, onLine: (line) => void lines.push(line) },
    signals,
  );
  expect(outcome).toEqual({ verdict: 'cancelled', exitCode: undefined });
  expect(lines).toEqual([]);
});
