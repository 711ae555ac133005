// The quick check: format, types, typed lint, catalogue, folders and dead code, generated files, unit tests. Stages that do not depend on each
// other run side by side; all of their output is shown when one fails. Ends with `N passed, N failed, N skipped`.
import { writeBundles } from './l10n.mjs';
import { runStages, vitestStage } from './stages.mjs';
import { describeCounts } from './test-report.mjs';

// The sources import the merged bundle.
writeBundles();

/** @param {string} name */
const bin = (name) => `node_modules/.bin/${name}`;

/** Stages of `npm run check`; `npm test` runs them first. */
export const checkStages = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  {
    name: 'format',
    command: [
      bin('prettier'),
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-strategy',
      'content',
      '--cache-location',
      '.cache/prettier',
      '.',
    ],
  },
  { name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'], after: ['types'] },
  { name: 'catalogue', command: [process.execPath, 'scripts/l10n.mjs', '--check'] },
  { name: 'wall clock', command: [process.execPath, 'scripts/wall-clock.mjs'] },
  { name: 'house', command: [process.execPath, 'scripts/measure/check-house.mjs'] },
  { name: 'generated files', command: [process.execPath, 'scripts/generate.mjs', '--check'] },
  vitestStage('unit tests', 'unit', { after: ['types', 'format', 'catalogue', 'house', 'generated files'] }),
];

if (process.argv[1]?.endsWith('check.mjs')) {
  const counts = await runStages(checkStages, 2);
  console.log(describeCounts(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
