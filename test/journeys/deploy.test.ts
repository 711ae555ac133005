import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { prepareJourneys } from './helpers/journey.ts';
import { pressLens, topLens } from './helpers/press-lens.ts';
import { selectors } from './helpers/selectors.ts';

const probe = await probeIsolated();
const journey = prepareJourneys();

const infra = `version: 1
project: shop
defaults:
  dc: Xelent
  image: Ubuntu 20.4 x64
  cpu: 1
  ram: 1 GB
  disk: 10 GB
  ssh_keys: [me]
  monitoring: { agent: false }
ssh_keys:
  me: keys/id.pub
servers:
  web:
    playbooks: [nginx]
    vars: { http_port: 8080 }
`;

test.skipIf(probe.kind === 'unavailable')(
  'from the lens: plan, apply, deploy; the dialog names the change, Ansible streams, the page answers',
  { timeout: 240_000 },
  async () => {
    const folder = journey.createFolder();
    const file = join(folder, 'infra.yaml');
    mkdirSync(join(folder, 'keys'));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'keys', 'id')]);
    writeFileSync(file, infra);
    const sandbox = await journey.openSandbox({ hosts: 'isolated' });
    const workbench = await journey.openWindow({ folder, file, sandbox });
    const { page } = workbench;
    const toast = (text: string | RegExp) => page.locator(selectors.toast).filter({ hasText: text });
    const row = (text: string) => page.locator(selectors.treeRow).filter({ hasText: text }).first();

    await topLens(page, 'not run yet').waitFor();
    await pressLens(page, 'Plan', toast(/Comparing|2 to create/));
    await toast('2 to create').first().waitFor();
    await row('server.web').waitFor();
    await workbench.screenshots('plan');
    await page.keyboard.press('Escape');

    const dialog = page.locator(selectors.dialog);
    await pressLens(page, 'Apply', toast('Comparing').or(dialog));
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('server.web');
    await workbench.screenshot('confirm');
    await page.locator(selectors.dialogButton).filter({ hasText: 'Apply' }).first().click();
    await toast('Apply: done.').first().waitFor({ timeout: 60_000 });
    expect(sandbox.state.servers.map(({ name }) => name)).toEqual(['web']);
    // The plan tells of a panel that is no more.
    await page.locator(selectors.paneHeader('Plan')).waitFor({ state: 'hidden' });

    await pressLens(page, 'Deploy', toast(/Comparing|Deploy/));
    await page.locator(selectors.panelLine).filter({ hasText: 'PLAY [' }).first().waitFor({ timeout: 60_000 });
    await workbench.screenshot('deploying');
    await page.locator(selectors.panelLine).filter({ hasText: 'PLAY RECAP' }).first().waitFor({ timeout: 120_000 });
    await toast('Deploy: done.').first().waitFor({ timeout: 60_000 });
    await row('127.').waitFor();
    await topLens(page, /^✓ Deploy: 1 host/).waitFor();
    await workbench.screenshots('deployed');
    const [host] = sandbox.status().hostList ?? [];
    const answer = await fetch(`http://${host?.ip}:8080/`, { signal: AbortSignal.timeout(10_000) });
    // Nothing is delivered yet, so nginx itself answers.
    expect([200, 403, 404]).toContain(answer.status);
  },
);
