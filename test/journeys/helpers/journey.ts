import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '#sandbox/start-sandbox.ts';
import { closeBrowser, openWorkbench, type Workbench, type WorkbenchOptions } from './open-workbench.ts';

/** What a journey may open; everything is closed after it, and a failure leaves a picture. */
export interface Journey {
  /** A new empty folder. */
  createFolder(): string;
  openSandbox(options?: SandboxOptions): Promise<Sandbox>;
  /** A window whose processes are signed in to the sandbox, when one is given. */
  openWindow(options: WorkbenchOptions & { readonly sandbox?: Sandbox }): Promise<Workbench>;
}

/** Variables that sign the processes of a window in to a sandbox. */
export const signedInTo = ({ endpoint, token }: Sandbox): Readonly<Record<string, string>> => ({
  ONECLOUD_ENDPOINT: endpoint,
  ONECLOUD_TOKEN: token,
  ICT_AGENT: 'off',
});

/** Call once in a file of journeys. */
export function prepareJourneys(): Journey {
  const closing: (() => Promise<void> | void)[] = [];
  const windows: Workbench[] = [];
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      for (const [index, window] of windows.entries()) {
        await window.screenshot(`failure-${task.id}-${index}`);
        console.error(window.log());
      }
    windows.length = 0;
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(closeBrowser);
  return {
    createFolder: () => {
      const folder = mkdtempSync(join(realpathSync(tmpdir()), 'shop-'));
      closing.push(() => rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
    openSandbox: async (options = {}) => {
      const sandbox = await startSandbox({ delays: 0, ...options });
      closing.push(() => sandbox.close());
      return sandbox;
    },
    openWindow: async ({ sandbox, ...options }) => {
      const environment = { ...(sandbox ? signedInTo(sandbox) : {}), ...options.environment };
      const window = await openWorkbench({ ...options, environment });
      windows.push(window);
      closing.push(() => window.close());
      return window;
    },
  };
}
