import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { closeBrowser, newPage } from './helpers/open-workbench.ts';
import { selectors } from './helpers/selectors.ts';

let child: ChildProcess | undefined;

afterEach(() => void child?.kill('SIGTERM'));
afterAll(closeBrowser);

/** What `npm start` has started. */
interface Started {
  readonly cloud: string;
  readonly folder: string;
  readonly url: string;
  readonly closed: Promise<number | null>;
}

/** Runs it as a newcomer without a desktop does, until it has told the address. */
async function start(): Promise<Started> {
  const started = spawn(process.execPath, ['scripts/start.mjs', '--browser'], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let said = '';
  const closed = new Promise<number | null>((resolve) => started.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('Ctrl-C here ends everything')) resolve();
      });
    void closed.then((code) => reject(new Error(`it ended with ${code}\n${said}`)));
  });
  const find = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? '';
  return {
    cloud: find(/1cloud runs at (http:\S+):/),
    folder: find(/The example: ([^,]+),/),
    url: find(/^ {4}(http:\S+)$/m),
    closed,
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Nothing of it is there any more. */
const isGone = async ({ cloud, folder, url }: Started): Promise<boolean> =>
  !existsSync(folder) && !(await answers(cloud)) && !(await answers(new URL(url).origin));

test('npm start opens the example in VS Code, signed in; Ctrl-C ends all of it', async () => {
  const started = await start();
  const page = await newPage();
  await page.goto(started.url);
  await page.locator(selectors.codeLens).first().waitFor();
  await page.close();
  expect(await answers(new URL(started.url).origin)).toBe(true);
  child?.kill('SIGINT');
  expect(await started.closed).toBe(0);
  expect(await isGone(started)).toBe(true);
});

test('npm start that is killed leaves nothing running', async () => {
  const started = await start();
  child?.kill('SIGKILL');
  await expect.poll(() => isGone(started), { timeout: 30_000 }).toBe(true);
});
