// The way a newcomer would go, in one command: starts a local 1cloud with real hosts behind its servers, then validates,
// plans, applies and deploys examples/shop, meets drift, a lowered count and a protected server. Prints each command and
// its output; ends by itself, and with an error when anything is not as it must be. Where this machine can have no hosts
// (see sandbox/README.md) it says so and leaves the deploy out.
import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { demoPackages } from './system-packages.mjs';
import { ensureAptPackages, ensureNpmPackages } from './setup.mjs';

ensureNpmPackages();
ensureAptPackages(demoPackages, { isOptional: true });
if (!existsSync('dist/cli.js') || process.argv.includes('--build'))
  spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });

const cli = join(process.cwd(), 'dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'ict-demo-'));
const shop = join(folder, 'shop');
cpSync('examples/shop', shop, { recursive: true });
// A key of its own: the private half of the example's was thrown away.
spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'demo', '-f', join(folder, 'demo')]);
if (existsSync(join(folder, 'demo.pub'))) {
  cpSync(join(folder, 'demo.pub'), join(shop, 'keys', 'demo.pub'));
  cpSync(join(folder, 'demo'), join(shop, 'keys', 'demo'));
}
// English whatever the caller's language is: the demo reads what ict prints.
/** @type {NodeJS.ProcessEnv} */
const environment = { ...process.env, LC_ALL: 'C.UTF-8', ICT_SANDBOX_DIR: join(folder, 'sandbox'), ICT_CONFIG_DIR: join(folder, 'config') };

let step = 0;
/** @param {string} text */
const say = (text) => console.log(`\n── ${++step}. ${text}`);

/**
 * Runs ict and fails the demo when the exit code is another.
 * @param {readonly string[]} args
 */
function ict(args, expected = 0, isQuiet = false) {
  if (!isQuiet) console.log(`$ ict ${args.join(' ')}`);
  // Both streams into one file, so that the lines stand in the order a terminal would show them.
  const path = join(folder, 'output.txt');
  const output = openSync(path, 'w');
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: shop, env: environment, stdio: ['ignore', output, output] });
  closeSync(output);
  const printed = readFileSync(path, 'utf8');
  if (!isQuiet) process.stdout.write(printed);
  // A caller may ask for colours (FORCE_COLOR, as build servers do); what is compared is the text.
  const text = stripVTControlCharacters(printed);
  if (status !== expected) fail(`ict ${args.join(' ')} ended with ${status}, ${expected} was expected\n${text}`);
  else if (!isQuiet && expected !== 0) console.log(`(exit code ${status})`);
  return text;
}

/**
 * @param {string} text
 * @param {string[]} parts
 */
function expectText(text, ...parts) {
  for (const part of parts) if (!text.includes(part)) fail(`"${part}" is missing in:\n${text}`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(`\nThe demo failed: ${message}`);
  stop();
  process.exit(1);
}

const stop = () => {
  spawnSync(process.execPath, [cli, 'sandbox', 'stop'], { env: environment });
  rmSync(folder, { recursive: true, force: true });
};

/**
 * What somebody does in the panel, behind ict's back.
 * @param {string} name
 * @param {object} change
 */
async function changeInPanel(name, change) {
  /** @returns {Promise<any>} */
  const api = async (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) => {
    const answer = await fetch(`${environment.ONECLOUD_ENDPOINT}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${environment.ONECLOUD_TOKEN}`, 'Content-Type': 'application/json' },
    });
    if (!answer.ok) fail(`${path}: ${answer.status}`);
    return answer.json();
  };
  const server = (await api('/server')).find((/** @type {{ Name: string }} */ item) => item.Name === name);
  const { CPU, RAM, HDD, HDDType, IsHighPerformance } = { ...server, ...change };
  const action = await api(`/server/${server.ID}`, { method: 'PUT', body: JSON.stringify({ CPU, RAM, HDD, HDDType, IsHighPerformance }) });
  while ((await api(`/server/${server.ID}/action/${action.ID}`)).State !== 'Completed')
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Ansible sets the servers up and delivers the page; done twice, the second time changes nothing. */
async function deploy() {
  say('Deploy: Ansible sets the servers up and delivers the page');
  ict(['deploy']);
  const [web] = JSON.parse(ict(['sandbox', 'status', '--json'], 0, true)).hostList;
  const page = await (await fetch(`http://${web.ip}:8080/`)).text();
  if (!page.includes('A small shop')) fail(`the page is not there:\n${page}`);
  console.log(`$ curl http://${web.ip}:8080/\n${page}`);

  say('Deploy again: nothing is left to do on any host');
  const again = ict(['deploy', '--json'], 0, true);
  /** @type {{ stats: Record<string, { changed: number }> }[]} */
  const runs = Object.values(JSON.parse(again).record.playbooks);
  const changed = runs.flatMap(({ stats }) => Object.values(stats).map((host) => host.changed));
  if (changed.length === 0 || changed.some((count) => count !== 0)) fail(`the second deploy changed something:\n${again}`);
  console.log(`$ ict deploy\nchanged=0 on every host, ${changed.length} recaps`);
  ict(['deploy', '--changed']);
}

try {
  say('A local 1cloud');
  const started = JSON.parse(ict(['sandbox', 'start', '--detach', '--delay', '150', '--hosts', 'auto', '--json'], 0, true));
  environment.ONECLOUD_ENDPOINT = started.endpoint;
  environment.ONECLOUD_TOKEN = started.token;
  const { hosts } = JSON.parse(ict(['sandbox', 'status', '--json'], 0, true));
  const hasHosts = hosts === 'isolated';
  if (!hasHosts) environment.ICT_AGENT = 'off';
  console.log(`$ ict sandbox start --detach --hosts auto\nrunning at ${started.endpoint}, hosts behind its servers: ${hosts}`);

  say('The file is checked without any network');
  ict(['validate']);

  say('Plan: what would be created');
  expectText(ict(['plan']), 'server.web-1', 'server.web-2', 'server.db', 'network.back');

  say('Apply creates it');
  ict(['apply', '--yes']);

  say('Plan again: nothing is left to do');
  expectText(ict(['plan', '--detailed-exitcode']), 'No changes');

  if (hasHosts) await deploy();
  else console.log(`\n── No deploy: ${ict(['sandbox', 'status'], 0, true).trim()}`);

  say('Somebody gives web-1 more memory in the panel');
  await changeInPanel('web-1', { RAM: 2048 });
  expectText(ict(['plan', '--detailed-exitcode'], 2), 'server.web-1', 'ram', '2 GB → 1 GB', 'panel');

  if (hasHosts) {
    say('Deploy sees the difference first; nobody can be asked here, so nothing happens');
    ict(['deploy'], 12);
    expectText(ict(['plan', '--detailed-exitcode'], 2, true), '2 GB → 1 GB');
  }

  say('Apply brings it back');
  ict(['apply', '--yes']);
  expectText(ict(['plan', '--detailed-exitcode'], 0, true), 'No changes');

  say('The count is lowered: that deletes web-2, so a plain yes is not enough');
  const file = join(shop, 'infra.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('count: 2', 'count: 1'));
  expectText(ict(['apply', '--yes'], 12), 'server.web-2', '--confirm web-2');
  ict(['apply', '--confirm', 'web-2']);

  say('The protected database survives the removal of its entry');
  const text = readFileSync(file, 'utf8');
  const withoutDb = text.replace(/\n {2}db:\n(?: {4}.*\n|\n(?= {4}))+/, '\n').replace('[web, db]', '[web]');
  if (withoutDb === text) fail('the example has no db entry');
  writeFileSync(file, withoutDb);
  expectText(ict(['apply', '--yes', '--confirm', 'db'], 8), 'server.db', 'protected');
  expectText(ict(['status'], 0, true), 'web-1');

  stop();
  console.log('\nThe demo is done: everything was as it must be.');
} catch (error) {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
