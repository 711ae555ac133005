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
        test: { name: 'integration', include: ['test/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 120_000 },
      },
    ],
    coverage: { provider: 'v8', include: ['{schemas,core,cli,sandbox,server,client}/src/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
