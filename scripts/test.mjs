// Everything, with real parts: the quick check, the bundles, the tests against the sandbox and real processes, the demo.
// The last line is `N passed, N failed`.
import { ensureAptPackages, ensureNpmPackages } from './setup.mjs';
import { editorPackages, testPackages } from './system-packages.mjs';

ensureNpmPackages();
ensureAptPackages(testPackages);
ensureAptPackages(editorPackages, { isOptional: true });
const { checkStages } = await import('./check.mjs');
const { runStages, vitestStage } = await import('./stages.mjs');

const first = await runStages([...checkStages, { name: 'build', command: [process.execPath, 'scripts/build.mjs'] }], 2);
const second = await runStages(
  [vitestStage('integration tests', 'integration'), { name: 'demo', command: [process.execPath, 'scripts/demo.mjs'] }],
  1,
);
const failed = first.failed + second.failed;
console.log(`${first.passed + second.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
