// Packs the extension, installs the package into a fresh VS Code, and runs the suites of test/extension on it, and those of
// test/package on what is in it.
import { spawnSync } from 'node:child_process';

for (const args of [['scripts/package.mjs'], ['scripts/test-vscode.mjs', '--vsix', 'ict.vsix']]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
