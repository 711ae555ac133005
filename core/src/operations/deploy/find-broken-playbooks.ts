import type { PlaybookRequest } from '../../ports/ansible.ts';
import type { DeployRun } from '../../ports/deploy-store.ts';
import type { PlaybookRun } from '../../engine/deploy/order-runs.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import type { BrokenPlaybook } from './deploy-request.ts';

type Base = Omit<PlaybookRequest, 'playbook' | 'isBundled' | 'hostCount' | 'limitFile'>;

/** Playbooks of the user's own that do not exist or do not parse. Asks Ansible, touches no host. */
export async function findBrokenPlaybooks(
  context: DeployContext,
  { ansible, redact }: DeployPorts,
  run: DeployRun,
  base: Base,
  runs: readonly PlaybookRun[],
  signal: AbortSignal,
): Promise<readonly BrokenPlaybook[]> {
  const own = new Map(runs.filter(({ isBundled }) => !isBundled).map((item) => [item.playbook, item]));
  const found = await Promise.all(
    [...own.values()].map(async ({ playbook: path, label, hosts }): Promise<BrokenPlaybook[]> => {
      if (!(await context.files.exists(path))) return [{ label, path, said: undefined }];
      const limitFile = await run.writeLimit(0, [...hosts.keys()]);
      const said = await ansible.checkSyntax({ ...base, playbook: path, isBundled: false, hostCount: hosts.size, limitFile }, signal);
      return said === undefined ? [] : [{ label, path, said: redact(said) }];
    }),
  );
  return found.flat();
}
