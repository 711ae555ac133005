// Everything, with real parts: the quick check, the bundles, the tests against the sandbox and real processes, the demo, the
// extension and its package in a real VS Code. The last line is `N passed, N failed, N skipped`.
import { ensureAptPackages, ensureNpmPackages } from './setup.mjs';
import { browserPackages, editorPackages, testPackages } from './system-packages.mjs';

ensureNpmPackages();
ensureAptPackages(testPackages);
if (!process.env.CHROMIUM) ensureAptPackages(browserPackages);
ensureAptPackages(editorPackages, { isOptional: true });
const { checkStages } = await import('./check.mjs');
const { runStages, vitestStage } = await import('./stages.mjs');
const { addCounts, describeCounts } = await import('./test-report.mjs');

const first = await runStages([...checkStages, { name: 'build', command: [process.execPath, 'scripts/build.mjs'] }], 2);
/** @param {string[]} words */
const node = (...words) => [process.execPath, ...words];
const second = await runStages(
  [
    // Those with hosts wait for Ansible most of the time, the others compute.
    vitestStage('tests on real hosts', 'hosts'),
    vitestStage('integration tests', 'integration'),
    { name: 'demo', command: node('scripts/demo.mjs'), after: ['tests on real hosts', 'integration tests'] },
    {
      name: 'VS Code',
      command: node('scripts/test-vscode.mjs', '--no-build'),
      report: '.cache/report-vscode.json',
      after: ['demo'],
    },
    vitestStage('journeys in VS Code', 'journeys', { after: ['VS Code'] }),
    {
      name: 'package in VS Code',
      command: node('scripts/test-package.mjs'),
      report: '.cache/report-package.json',
      after: ['journeys in VS Code'],
    },
  ],
  2,
);
const counts = addCounts(first, second);
console.log(describeCounts(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
