import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
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
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/journeys/**'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Windows of a real VS Code: one at a time.
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 30_000,
          fileParallelism: false,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['{schemas,core,cli,sandbox,server,client}/src/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
