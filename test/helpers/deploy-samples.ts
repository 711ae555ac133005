import type { DeployTarget } from '#core/engine/deploy/deploy-target.ts';
import type { ExpandedInfra } from '#core/infra/expand/expanded-infra.ts';
import { readSample, sampleHead } from '#core/infra/testing/read-sample.ts';
import type { HostStats } from '#schemas/ansible/callback-event.ts';
import { actualServer } from './samples.ts';

/** What a text after the sample head means; `files` are there as playbooks, keys and the like. */
export async function expandSample(text: string, files: Readonly<Record<string, string>> = {}): Promise<ExpandedInfra> {
  const { value, diagnostics } = await readSample(sampleHead + text, files);
  if (!value) throw new Error(diagnostics.map(({ code, detail }) => `${code}: ${detail.text}`).join('\n'));
  return value;
}

/** The servers of a file as hosts: ids from 1, addresses from 10.0.0.1. */
export const targetsOf = (expanded: ExpandedInfra, rest: Partial<DeployTarget> = {}): DeployTarget[] =>
  expanded.servers.map(({ address, name, entry }, index) => ({
    address,
    name,
    entry,
    server: actualServer(index + 1, name, { ip: `10.0.0.${index + 1}` }),
    ip: `10.0.0.${index + 1}`,
    port: 22,
    user: 'root',
    ...rest,
  }));

/** Counts of a host where all went well, but for what is given. */
export const counts = (rest: Partial<HostStats> = {}): HostStats => ({
  ok: 1,
  changed: 0,
  failures: 0,
  unreachable: 0,
  skipped: 0,
  rescued: 0,
  ignored: 0,
  ...rest,
});
