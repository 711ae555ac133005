import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  await lab.write(`${head}servers: { web: {} }\n`);
});
afterEach(() => lab.close());

/** Runs the built program on a real pseudo-terminal (util-linux `script`) and types when a text has appeared. */
async function runOnTerminal(
  args: string,
  typing: readonly (readonly [after: string, keys: string])[],
): Promise<{ code: number | null; screen: string }> {
  const command = `${process.execPath} ${process.cwd()}/dist/cli.js ${args}`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: lab.folder,
    env: { ...lab.environment, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  const left = [...typing];
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
    const [next] = left;
    if (next && screen.includes(next[0])) {
      left.shift();
      child.stdin.write(next[1]);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, screen };
}

describe.runIf(process.platform === 'linux')('on a terminal', () => {
  test('the question stays on the screen while it is answered', async () => {
    const { code, screen } = await runOnTerminal('apply', [['Carry out 1 change?', 'y\r']]);
    expect(code).toBe(0);
    // Erasing to the end of the screen after the question would take it away.
    expect(screen.slice(screen.lastIndexOf('\u001b[0J'))).toContain('Carry out 1 change?');
    expect(lab.serverNames()).toEqual(['web']);
  });

  test('Ctrl-C at the question does nothing: exit code 12', async () => {
    const { code } = await runOnTerminal('apply', [['Carry out 1 change?', '\u0003']]);
    expect(code).toBe(12);
    expect(lab.serverNames()).toEqual([]);
  });

  test('a token that is typed is not shown', async () => {
    const { token, endpoint } = lab.sandbox;
    const { code, screen } = await runOnTerminal(`login --endpoint ${endpoint}`, [['(not shown):', `${token}\r`]]);
    expect(code).toBe(0);
    expect(screen).toContain('user@example.com');
    expect(screen).not.toContain(token);
  });
});
