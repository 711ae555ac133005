import { describeBroken, toDeployExitCode } from '#core/operations/deploy/deploy-result.ts';
import type { DeployResult } from '#core/operations/deploy/deploy-request.ts';
import type { RenderText } from '#core/text/render-text.ts';
import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { NewEvent, OperationEvent } from '#schemas/events/operation-event.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { CliHost } from '../terminal/host.ts';
import { relative } from 'node:path';
import { showHidden, showHiddenDeep } from '#core/text/show-hidden.ts';
import { stripVTControlCharacters } from 'node:util';
import type { Style } from '../terminal/style.ts';
import { showResult } from './result-view.ts';
import { renderTable } from './table-view.ts';

type Failure = Extract<NewEvent, { kind: 'ansible-host-result' }>;

/** Failures of a deploy as they happen, to be told again at its end. */
export interface FailureList {
  note(event: NewEvent): void;
  of(host: string): readonly Failure[];
}

export function createFailureList(): FailureList {
  const all = new Map<string, Failure[]>();
  return {
    note: (event) => {
      if (event.kind !== 'ansible-host-result' || event.item !== undefined) return;
      if (event.status === 'failed' || event.status === 'unreachable') all.set(event.host, [...(all.get(event.host) ?? []), event]);
    },
    of: (host) => all.get(host) ?? [],
  };
}

/** The line above Ansible's own words. */
export function renderRunStart(event: Extract<OperationEvent, { kind: 'ansible-run-started' }>, render: RenderText, style: Style): string {
  const what = event.isCheck ? t('{0} (dry run)', event.playbook) : { text: '{0}', args: [event.playbook] };
  const where = tn(event.hosts.length, '{0} host: {1}', '{0} hosts: {1}', abbreviate(event.hosts));
  return style.bold(render(t('── {0}/{1} {2} · {3}', event.number, event.total, what, where)));
}

const SHOWN_HOSTS = 5;
const abbreviate = (hosts: readonly string[]): string =>
  hosts.length <= SHOWN_HOSTS ? hosts.join(', ') : `${hosts.slice(0, SHOWN_HOSTS).join(', ')} …`;

/** Shows how a deploy ended; gives the exit code. */
export function showDeploy(host: CliHost, result: DeployResult, failures: FailureList, options: { readonly isJson: boolean }): number {
  const exitCode = toDeployExitCode(result);
  if (result.kind === 'not-applied') return showResult(host, result.result, { isFull: false, isJson: options.isJson });
  if (options.isJson) {
    host.printJson({ ...result, exitCode });
    return exitCode;
  }
  switch (result.kind) {
    case 'broken-playbooks':
      for (const text of describeBroken(result.playbooks)) host.complain(text);
      host.complain(t('No host was touched.'));
      break;
    case 'nothing-to-deploy':
      host.say(whyNothing(result.why));
      break;
    case 'unreached':
      host.complain(t('None of the hosts can be deployed to: {0}. Create them first: ict apply', result.addresses.join(', ')));
      break;
    case 'playbooks-changed':
      host.complain(
        t(
          'No playbook was run: changed since the confirmation: {0}. The servers were applied as confirmed. Deploy again: ict deploy',
          result.playbooks.join(', '),
        ),
      );
      break;
    case 'deployed':
      showRecord(host, result.record, failures);
      if (result.leftOut && result.leftOut.length > 0) host.complain(t('Skipped, refused by the plan: {0}', result.leftOut.join(', ')));
      break;
    default:
      result satisfies never;
  }
  return exitCode;
}

function whyNothing(why: Extract<DeployResult, { kind: 'nothing-to-deploy' }>['why']) {
  switch (why) {
    case 'no-playbooks':
      return t('No playbook is named for these servers: nothing to deploy.');
    case 'unchanged':
      return t('Nothing has changed since the last deploy.');
    case 'nothing-failed':
      return t('The last deploy left no failed host: nothing to try again.');
    case 'no-hosts':
      return t('No server of the file is on: nothing to deploy.');
    default:
      return why satisfies never;
  }
}

/** Table of the hosts, what failed on which, and what can be done next. */
function showRecord({ io, render, style, say, complain }: CliHost, record: DeployRecord, failures: FailureList): void {
  const stats = record.playbooks.map((playbook) => playbook.stats);
  const sum = (host: string, field: 'ok' | 'changed' | 'failures' | 'unreachable' | 'skipped'): string =>
    String(stats.reduce((total, counts) => total + (counts[host]?.[field] ?? 0), 0));
  const rows = Object.entries(record.hosts).map(([name, { outcome }]) => [
    name,
    render(outcomeTexts[outcome]),
    sum(name, 'ok'),
    sum(name, 'changed'),
    sum(name, 'failures'),
    sum(name, 'skipped'),
  ]);
  // What a command wrote has been shown; that it ran is no news.
  if (record.kind === 'command' && record.exitCode === 0) return;
  io.out('\n');
  io.out(renderTable([t('host'), t('result'), t('ok'), t('changed'), t('failed'), t('skipped')].map(render), rows, style));
  for (const [name, { outcome }] of Object.entries(record.hosts)) {
    if (outcome === 'ok') continue;
    for (const failure of failures.of(name)) io.err(renderFailure(failure, io.cwd, style));
  }
  const bad = Object.values(record.hosts).filter(({ outcome }) => outcome !== 'ok').length;
  const isDeploy = record.kind === 'deploy';
  if (record.exitCode === exitCodes.done) say(tn(Object.keys(record.hosts).length, 'Deployed to {0} host.', 'Deployed to {0} hosts.'));
  else if (record.exitCode === exitCodes.interrupted) complain(t('Stopped. What had begun on a host may still finish there.'));
  else if (bad > 0) complain(tn(bad, 'It did not end well on {0} host.', 'It did not end well on {0} hosts.'));
  if (isDeploy && bad > 0) {
    complain(t('Once that is mended, to go on with the hosts that are left:'));
    io.err('    ict deploy --retry-failed\n');
  }
}

const outcomeTexts = { ok: t('ok'), failed: t('failed'), unreachable: t('unreachable'), skipped: t('skipped') } as const;

/** What a command printed on a host, each line behind the host's name; colours of its own are left out, as of all that Ansible passes on. */
export function renderOutput(host: string, output: string, style: Style): string {
  const lines = stripVTControlCharacters(output).split(/\r?\n/);
  return lines.map((line) => `${style.bold(showHidden(host))} | ${line}\n`).join('');
}

/** A failed task of a host: where it stands, and what the module said. */
export function renderFailure(failure: Failure, cwd: string, style: Style): string {
  const { host, task } = showHiddenDeep({ host: failure.host, task: failure.task });
  const message = stripVTControlCharacters(failure.message ?? '');
  const place =
    task.path === undefined ? '' : ` ${style.dim(`${relative(cwd, task.path)}${task.line === undefined ? '' : `:${task.line}`}`)}`;
  const lines = message.split('\n').map((line) => `      ${line}`);
  return `  ${style.red('✗')} ${style.bold(host)} ${task.role === undefined ? '' : `${task.role} : `}${task.name}${place}\n${lines.join('\n')}\n`;
}
