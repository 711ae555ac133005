import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The editor's module exists in the editor alone; tests of the extension's parts get a small stand-in. */
const resolve = { alias: { vscode: fileURLToPath(new URL('test/helpers/fake-vscode.ts', import.meta.url)) } };

/** Tests that start hosts of their own; addresses of hosts are the machine's, so these run one after another. */
const onHosts = ['test/ansible/**/*.test.ts', 'test/hosts/**/*.test.ts', 'test/metrics/real.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['{schemas,core,cli,sandbox,server,client}/src/**/*.test.ts'],
          testTimeout: 20_000,
          // Unit tests share nothing but pure modules, so files need no process of their own: three times faster.
          isolate: false,
          pool: 'threads',
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/journeys/**', ...onHosts],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        test: { name: 'hosts', include: onHosts, testTimeout: 180_000, hookTimeout: 120_000, fileParallelism: false },
      },
      {
        // Windows of a real VS Code: one at a time. A journey is tried once more, and vitest says so: now and then the window draws
        // a lens or a hover anew under the pointer.
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 30_000,
          fileParallelism: false,
          retry: 1,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['{schemas,core,cli,sandbox,server,client}/src/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
