import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AgentLab, openAgentLab } from './agent-lab.ts';

let lab: AgentLab;
beforeEach(async () => {
  lab = await openAgentLab();
  await lab.write(lab.fileOf('web', 'db', 'app'));
  const { code, err } = await lab.run(['apply', '--yes']);
  if (code !== 0) throw new Error(err);
  await lab.startAgent('web');
});
afterEach(() => lab.close());

const program = `${process.cwd()}/dist/cli.js`;

test('a watch whose input nobody closes ends by a signal', async () => {
  const child = spawn(process.execPath, [program, 'watch', '--metrics', '--metrics-interval', '1s'], {
    cwd: lab.folder,
    env: { ...lab.environment, ICT_AGENT: 'on' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    if (out.includes('"state":"live"')) child.kill('SIGTERM');
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(out).toContain('"kind":"project"');
});

describe.runIf(process.platform === 'linux')('on a terminal', () => {
  /** Runs the built program on a pseudo-terminal of so many lines, types once the text is there, and gives what it drew. */
  async function drawOnTerminal(args: string, rows: number, after: RegExp, keys: string): Promise<{ code: unknown; screen: string }> {
    const command = `stty rows ${rows} cols 60; exec ${process.execPath} ${program} ${args}`;
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: lab.folder,
      env: { ...lab.environment, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let [screen, isTyped] = ['', false];
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
      if (isTyped || !after.test(screen)) return;
      isTyped = true;
      child.stdin.write(keys);
    });
    const [code] = (await once(child, 'close')) as unknown[];
    return { code, screen };
  }

  test('the live table has a screen of its own, is cut to it, and is left behind whole by Ctrl-C', async () => {
    const { code, screen } = await drawOnTerminal('stats --watch --interval 1s', 3, /web +\d+% /, '\u0003');
    expect(code).toBe(0);
    const [drawn = '', left = ''] = screen.split('\u001B[?1049l');
    expect(drawn).toContain('\u001B[?1049h');
    // Each drawing begins in the upper left corner; the last line of the screen stays empty.
    for (const picture of drawn.split('\u001B[H\u001B[J').slice(1)) expect(picture.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(left).toMatch(/web +\d+% [^]*app {2}[^]*no metrics since/);
  });
});
