import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { HOUR_JUMPS } from '#test/helpers/unsteady-clock.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';
import { openAgentLab } from '../metrics/agent-lab.ts';

let lab: Lab | undefined;
afterEach(() => lab?.close());

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built `ict`, whose wall clock is set by so much at that request, until it ends; `onText` sees its output as it grows. */
async function runSet(
  { folder, environment }: Lab,
  clock: { readonly byMs: number; readonly atRequest: number },
  args: readonly string[],
  onText?: (out: string, end: () => void) => void,
): Promise<Ended> {
  const preload = `${process.cwd()}/test/helpers/set-clock.cjs`;
  const child = spawn(process.execPath, ['--require', preload, `${process.cwd()}/dist/cli.js`, ...args], {
    cwd: folder,
    env: { ...environment, ICT_CLOCK_MS: String(clock.byMs), ICT_CLOCK_AT: String(clock.atRequest), ICT_CLOCK_SAYS: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    onText?.(out, () => child.stdin.end());
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

// A run that waits for the clock to be where it was hangs: these end by the time limit of the test then.
describe.each(HOUR_JUMPS)('the clock is set by %d ms', (byMs) => {
  test.each([1, 2, 4])('while a plan makes its request %d', { timeout: 60_000 }, async (atRequest) => {
    lab = await openLab({}, { ICT_READ_INTERVAL_MS: '20' });
    await lab.write(`${head}servers: { web: { count: 2 } }\n`);
    const { code, out, err } = await runSet(lab, { byMs, atRequest }, ['plan']);
    expect(err).toContain('the clock was set');
    expect([code, out.includes('server.web-2')]).toEqual([0, true]);
  });

  test.each([1, 4, 6, 9])('while an apply makes its request %d', { timeout: 60_000 }, async (atRequest) => {
    lab = await openLab({ delays: 30 }, { ICT_READ_INTERVAL_MS: '5', ICT_WRITE_INTERVAL_MS: '20' });
    await lab.write(`${head}networks: { back: {} }\nservers: { web: { count: 2, networks: [back] } }\n`);
    const { code, err } = await runSet(lab, { byMs, atRequest }, ['apply', '--yes']);
    expect(err).toContain('the clock was set');
    expect([code, lab.serverNames()]).toEqual([0, ['web-1', 'web-2']]);
    // How long steps took was measured: no hour more, no time before the beginning.
    expect(err).not.toMatch(/-\d+(?:\.\d+)? s|\d+ (?:min|h)\b/);
    expect((await lab.plan()).totals).toMatchObject({ create: 0, update: 0, delete: 0 });
  });

  test('while a watch looks at the panel and at servers', { timeout: 60_000 }, async () => {
    const opened = await openAgentLab();
    lab = opened;
    await opened.write(opened.fileOf('web'));
    expect((await opened.run(['apply', '--yes'])).code).toBe(0);
    await opened.startAgent('web');
    const watching = ['watch', '--interval', '1s', '--metrics', '--metrics-interval', '1s'];
    const enough = (out: string): boolean => out.split('"kind":"project"').length > 3 && out.split('"state":"live"').length > 4;
    const asked = { ...opened, environment: { ...opened.environment, ICT_AGENT: 'on' } };
    const { code, out, err } = await runSet(asked, { byMs, atRequest: 8 }, watching, (text, end) => enough(text) && end());
    expect(err).toContain('the clock was set');
    expect([code, enough(out)]).toEqual([0, true]);
  });

  test('while stats look at servers', { timeout: 60_000 }, async () => {
    const opened = await openAgentLab();
    lab = opened;
    await opened.write(opened.fileOf('web'));
    expect((await opened.run(['apply', '--yes'])).code).toBe(0);
    await opened.startAgent('web');
    const { code, out, err } = await runSet(opened, { byMs, atRequest: 5 }, ['stats', '--json']);
    expect(err).toContain('the clock was set');
    expect([code, out]).toEqual([0, expect.stringContaining('"cpuRatio"')]);
  });
});
