// A local 1cloud with a real host behind each server, for suites inside VS Code; outside of them, so that its hosts outlive a
// window and end with the script.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Starts one that `keeper` ends; `folder` gets its state. Gives the variables that tell suites of it: address and token, or
 * why there is none on this machine.
 * @param {{ folder: string, keeper: import('./keeper.mjs').Keeper }} options
 * @returns {Record<string, string>}
 */
export function startHostsSandbox({ folder, keeper }) {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const state = join(folder, 'hosts');
  keeper.keep({ run: [process.execPath, cli, 'sandbox', 'stop', '--state', state] });
  const words = ['sandbox', 'start', '--detach', '--hosts', 'isolated', '--delay', '0', '--state', state, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' });
  if (status !== 0) return { ICT_TEST_NO_HOSTS: stderr.trim() || `exit code ${status}` };
  const { endpoint, token } = JSON.parse(stdout);
  return { ICT_TEST_HOSTS_ENDPOINT: endpoint, ICT_TEST_HOSTS_TOKEN: token };
}
