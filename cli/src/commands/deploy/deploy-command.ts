import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { DeployRequest } from '#core/operations/deploy/deploy-request.ts';
import { runDeploy } from '#core/operations/deploy/run-deploy.ts';
import type { NewEvent } from '#schemas/events/operation-event.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import {
  addAllowOptions,
  addConfirmOptions,
  type AllowOptions,
  type ConfirmOptions,
  toApplyPolicy,
  toGiven,
} from '../../inputs/operation-options.ts';
import { collect } from '../../inputs/parse-options.ts';
import { addReachOptions, toReach } from '../../inputs/reach-options.ts';
import { readPlan } from '../../inputs/saved-plan.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';
import { createFailureList, showDeploy } from '../../views/deploy-view.ts';
import { renderPlan } from '../../views/plan-view.ts';
import { openProjectHistory, showRun } from '../project/history-command.ts';

interface Options extends AllowOptions, ConfirmOptions {
  readonly limit: string[];
  readonly tags: string[];
  readonly skipTags: string[];
  readonly check?: boolean;
  readonly retryFailed?: boolean;
  readonly changed?: boolean;
  readonly asIs?: boolean;
  readonly plan?: string;
  readonly replay?: string;
  readonly verbose: number;
  readonly vaultPasswordFile?: string;
  readonly user?: string;
  readonly key?: string;
}

/** `ict deploy` and `ict infra deploy`. */
export function addDeployCommand(program: Command, host: CliHost, description: Text): void {
  const { render } = host;
  const deploying = addReachOptions(addConfirmOptions(program.command('deploy'), render), host)
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(description))
    .option('--limit <target>', render(t('only this server, entry, group or glob; may be repeated')), collect, [])
    .option('--tags <tag>', render(t('only tasks with this Ansible tag; may be repeated')), collect, [])
    .option('--skip-tags <tag>', render(t('no tasks with this Ansible tag; may be repeated')), collect, [])
    .option('--check', render(t('dry run: show what the playbooks would change')))
    .option('--retry-failed', render(t('only hosts that the last deploy did not end well on')))
    .option('--changed', render(t('only playbooks that would do something new on a host')))
    .option('--as-is', render(t('deploy to what there is, even when the panel differs from the file')))
    .option('--plan <path>', render(t('carry out this saved plan, if it still holds')));
  addAllowOptions(deploying, render)
    .option('--vault-password-file <path>', render(t('file or program with the password of Ansible vault')))
    .option('--replay <run>', render(t('show the output of an earlier deploy again; touches no host')))
    .option('-v, --verbose', render(t('more of what Ansible does; up to -vvvv')), (_value, count: number) => count + 1, 0)
    .action((word: string | undefined, options: Options, command: Command) => deploy(host, word, options, command.optsWithGlobals()));
}

async function deploy(host: CliHost, word: string | undefined, options: Options, globals: GlobalOptions): Promise<void> {
  const file = await findInfraFile(host.io.cwd, word);
  if (options.replay !== undefined) {
    host.exitCode = await showRun(host, await openProjectHistory(host, file), options.replay, globals);
    return;
  }
  const isJson = globals.json === true;
  const failures = createFailureList();
  const onEvent = (event: NewEvent): void => {
    failures.note(event);
    if (event.kind === 'plan-ready' && !isJson)
      host.io.out(renderPlan(event.plan, { render: host.render, style: host.style, isFull: false }));
  };
  host.exitCode = await withSession(host, { operation: 'deploy', file, globals, isReadOnly: false, onEvent }, async (session) => {
    const saved = options.plan === undefined ? undefined : await readPlan(host, options.plan);
    const request = { ...toRequest(host, file, options), ...(saved ? { saved } : {}) };
    const result = await runDeploy(toDeployContext(host, session), request, { stop: session.stop, abort: session.abort });
    return showDeploy(host, result, failures, { isJson });
  });
}

const toRequest = (host: CliHost, file: string, options: Options): DeployRequest => ({
  file,
  limit: options.limit,
  tags: options.tags,
  skipTags: options.skipTags,
  isCheck: options.check === true,
  isRetry: options.retryFailed === true,
  isChangedOnly: options.changed === true,
  isAsIs: options.asIs === true,
  verbosity: options.verbose,
  ...(options.vaultPasswordFile === undefined ? {} : { vaultPasswordFile: resolve(host.io.cwd, options.vaultPasswordFile) }),
  ...toReach(host, options),
  policy: toApplyPolicy(host, options),
  given: toGiven(options),
});
