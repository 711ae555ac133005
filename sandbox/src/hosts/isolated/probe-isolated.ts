import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { t, type Text } from '#schemas/text/text.ts';
import { readDebianMirrors } from '../packages/apt-sources.ts';
import { listCgroupRoots } from '../machine/cgroup.ts';
import { findScript } from '../machine/find-script.ts';
import { HostError } from '../backend/host-error.ts';
import { closeSite, openSite } from './host-site.ts';
import { debianKeyring, isolatedTools, type NeededTool, rootlessTools } from '../packages/needed-packages.ts';
import { runTool } from '../machine/run-tool.ts';

/** Whether hosts of a kind can run on this machine, and why not. */
export type HostProbe<Found> =
  { readonly kind: 'available'; readonly found: Found } | { readonly kind: 'unavailable'; readonly reason: Text };

/** Tries all that isolated hosts need; the value found is the cgroup folder for the backend. `ICT_CGROUP` names one to try alone. */
export const probeIsolated = async (given: string | undefined = process.env['ICT_CGROUP']): Promise<HostProbe<{ cgroupRoot: string }>> => {
  if (process.platform !== 'linux') return unavailable(t('Only Linux can isolate hosts.'));
  const missing = await findMissing([...isolatedTools, ...(process.getuid?.() === 0 ? [] : rootlessTools)]);
  if (missing !== undefined) return unavailable(missing);
  const probe = findScript('probe-host.sh');
  if (probe === undefined) return unavailable(t('The scripts of the sandbox are not installed.'));
  if (!(await isThere(debianKeyring.file, constants.R_OK))) return unavailable(sayMissing(debianKeyring.file, debianKeyring.package));
  if ((await readDebianMirrors()) === undefined) return unavailable(t('The apt sources of this machine name no mirror of Debian.'));
  let reason = t('There is no control group (cgroup v2, Linux 5.14 or newer) that this user may write to.');
  for (const cgroupRoot of await listCgroupRoots(given)) {
    const site = await openSite(cgroupRoot);
    if (site === undefined) continue;
    try {
      const cgroup = join(site.cgroup, 'probe');
      await mkdir(cgroup);
      await runTool('bash', [probe, join(site.runDir, 'probe')], { env: { ICT_CGROUP: cgroup } });
      return { kind: 'available', found: { cgroupRoot } };
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      reason = error.problem;
    } finally {
      await closeSite(site);
    }
  }
  return unavailable(reason);
};

/** The sentence for tools that are not on the PATH; undefined when all are. */
export const findMissing = async (tools: readonly NeededTool[]): Promise<Text | undefined> => {
  const found = await Promise.all(tools.map(async ({ tool }) => (await findTool(tool)) !== undefined));
  const missing = tools.filter((_, index) => found[index] !== true);
  if (missing.length === 0) return undefined;
  return sayMissing(missing.map(({ tool }) => tool).join(', '), [...new Set(missing.map((one) => one.package))].join(' '));
};

/** Absolute path of a program; system folders count although a user's PATH may lack them. */
export const findTool = async (tool: string): Promise<string | undefined> => {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  for (const folder of folders) if (folder !== '' && (await isThere(join(folder, tool), constants.X_OK))) return join(folder, tool);
  return undefined;
};

const unavailable = (reason: Text): { readonly kind: 'unavailable'; readonly reason: Text } => ({ kind: 'unavailable', reason });

const sayMissing = (tools: string, packages: string): Text =>
  t('Not installed: {0}. On Debian: apt-get install --no-install-recommends {1}', tools, packages);

const isThere = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
