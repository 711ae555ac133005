import { type ExitCode, exitCodes } from '#schemas/events/exit-code.ts';
import { t, type Text, verbatimLines } from '#schemas/text/text.ts';
import { toExitCode } from '../operation-result.ts';
import type { BrokenPlaybook, DeployResult } from './deploy-request.ts';

/** Exit code of a deploy (docs/exit-codes.md). */
export function toDeployExitCode(result: DeployResult): ExitCode {
  switch (result.kind) {
    case 'not-applied':
      return toExitCode(result.result);
    case 'broken-playbooks':
      return exitCodes.usage;
    case 'nothing-to-deploy':
      return exitCodes.done;
    case 'unreached':
      return exitCodes.hostsUnreachable;
    case 'playbooks-changed':
      return exitCodes.stalePlan;
    case 'deployed':
      if (result.record.exitCode === exitCodes.done && (result.leftOut ?? []).length > 0) return exitCodes.partial;
      return Object.values(exitCodes).find((code) => code === result.record.exitCode) ?? exitCodes.unclassified;
    default:
      return result satisfies never;
  }
}

/** What is wrong with each playbook. */
export const describeBroken = (playbooks: readonly BrokenPlaybook[]): readonly Text[] =>
  playbooks.map(({ label, path, said }) =>
    said === undefined
      ? t('There is no playbook {0} (looked for at {1}).', label, path)
      : t('Ansible cannot read the playbook {0}:\n{1}', label, verbatimLines(said)),
  );
