// Starts the local 1cloud with the example and opens a shell in which `ict` is ready. Ends everything with the shell.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const cli = join(process.cwd(), 'dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'ict-start-'));
const bin = join(folder, 'bin');
mkdirSync(bin);
writeFileSync(join(bin, 'ict'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
chmodSync(join(bin, 'ict'), 0o755);
cpSync('examples/shop', join(folder, 'shop'), { recursive: true });
const environment = { ...process.env, ICT_SANDBOX_DIR: join(folder, 'sandbox'), PATH: `${bin}:${process.env.PATH}` };

const started = spawnSync(process.execPath, [cli, 'sandbox', 'start', '--detach', '--delay', '2000', '--json'], {
  env: environment,
  encoding: 'utf8',
});
if (started.status !== 0) {
  process.stderr.write(started.stdout + started.stderr);
  process.exit(1);
}
const { endpoint, token } = JSON.parse(started.stdout);
console.log(
  `A local 1cloud is running at ${endpoint}. You are in a copy of examples/shop. Try:\n\n    ict plan\n    ict apply\n    ict status\n\nexit (or Ctrl-D) ends everything.\n`,
);

const shell = spawn(process.env.SHELL ?? '/bin/sh', {
  cwd: join(folder, 'shop'),
  stdio: 'inherit',
  env: { ...environment, ONECLOUD_ENDPOINT: endpoint, ONECLOUD_TOKEN: token },
});
process.on('SIGINT', () => undefined);
shell.on('close', () => {
  spawnSync(process.execPath, [cli, 'sandbox', 'stop'], { env: environment });
  rmSync(folder, { recursive: true, force: true });
});
