import { dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openHistory } from '#core/create-core/open-history.ts';
import type { History } from '#core/ports/history.ts';
import { systemClock } from '#core/platform/clock.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { readProjectName } from '../../inputs/read-project-name.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';
import { createFailureList, showDeploy } from '../../views/deploy-view.ts';
import { renderPlan } from '../../views/plan-view.ts';
import { createProgressView } from '../../views/progress-view.ts';
import { renderTable } from '../../views/table-view.ts';

/** Runs that a list shows unless more are asked for. */
const DEFAULT_LIMIT = 20;

/** `ict history` and `ict history show RUN`. */
export function addHistoryCommand(program: Command, host: CliHost): void {
  const { render } = host;
  const fileHelp = render(t('infra file, its folder, or NAME of NAME.infra.yaml'));
  const history = program.command('history').description(render(t('what was applied and deployed')));
  history
    .command('list', { isDefault: true })
    .argument('[file]', fileHelp)
    .description(render(t('list the runs, newest first')))
    .option('--limit <count>', render(t('so many runs')), (value) => parseLimit(value, host), DEFAULT_LIMIT)
    .action(async (word: string | undefined, { limit }: { limit: number }, self: Command) =>
      list(host, await open(host, word), limit, self.optsWithGlobals()),
    );
  history
    .command('show')
    .argument('<run>', render(t('run, as `ict history` names it')))
    .argument('[file]', fileHelp)
    .description(render(t('show one run: the plan of an apply, the output of a deploy')))
    .action(async (run: string, word: string | undefined, _options: unknown, self: Command) => {
      host.exitCode = await showRun(host, await open(host, word), run, self.optsWithGlobals());
    });
}

const open = async (host: CliHost, word: string | undefined): Promise<History> =>
  openProjectHistory(host, await findInfraFile(host.io.cwd, word));

/** History of the project that a file names. Throws `UsageError` when it names none. */
export const openProjectHistory = async (host: CliHost, file: string): Promise<History> =>
  openHistory(dirname(resolve(file)), await readProjectName(host, file));

async function list(
  { io, render, style, say, printJson }: CliHost,
  history: History,
  limit: number,
  globals: GlobalOptions,
): Promise<void> {
  const [applies, deploys] = await Promise.all([history.listApplies(limit), history.listDeploys(limit)]);
  const rows = [
    ...applies.map(({ run, finishedAt, exitCode, isFinished, command, plan }) => ({
      run,
      finishedAt,
      exitCode,
      what: isFinished === false ? `${command} · ${render(t('not finished'))}` : command,
      touched: plan.changes.filter(({ action }) => action !== 'no-op').map(({ address }) => address),
    })),
    ...deploys.map(({ run, finishedAt, exitCode, command, kind, hosts, playbooks }) => ({
      run,
      finishedAt,
      exitCode,
      what:
        kind === 'agent'
          ? `${command} · node_exporter`
          : `${command}${playbooks.length === 0 ? '' : ` · ${playbooks.map(({ playbook }) => playbook).join(', ')}`}`,
      touched: Object.values(hosts).map(({ address }) => address),
    })),
  ]
    .sort((left, right) => (left.run < right.run ? 1 : -1))
    .slice(0, limit);
  if (globals.json === true) printJson(rows);
  else if (rows.length === 0) say(t('Nothing was applied or deployed yet.'));
  else
    io.out(
      renderTable(
        [t('run'), t('finished'), t('exit code'), t('what'), t('on')].map(render),
        rows.map(({ run, finishedAt, exitCode, what, touched }) => [run, finishedAt, String(exitCode), what, abbreviate(touched)]),
        style,
      ),
    );
}

const SHOWN = 4;
const abbreviate = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(' ') : `${names.slice(0, SHOWN).join(' ')} … (${names.length})`;

/** Shows a run; gives 0, whatever the run itself ended with. Also behind `ict deploy --replay`. */
export async function showRun(host: CliHost, history: History, run: string, globals: GlobalOptions): Promise<number> {
  const isJson = globals.json === true;
  const applied = await history.readApply(run);
  if (applied) {
    if (isJson) host.printJson(applied);
    else {
      host.io.out(renderPlan(applied.plan, { render: host.render, style: host.style, isFull: false }));
      host.say(sayResult(applied.result));
    }
    return exitCodes.done;
  }
  const record = (await history.listDeploys(Number.MAX_SAFE_INTEGER)).find((one) => one.run === run);
  if (!record) throw new UsageError(t('There is no run {0}. All runs: ict history', run));
  const failures = createFailureList();
  const progress = createProgressView({ ...host.io, isStderrTty: false }, host.render, host.errorStyle, systemClock);
  for await (const event of history.readEvents(run)) {
    failures.note(event);
    if (!isJson) progress.show(event);
  }
  progress.close();
  showDeploy(host, { kind: 'deployed', record }, failures, { isJson });
  return exitCodes.done;
}

const sayResult = ({ succeeded, failed, skipped }: { readonly [K in 'succeeded' | 'failed' | 'skipped']: readonly string[] }): Text =>
  t('Steps: {0} succeeded, {1} failed, {2} skipped.', succeeded.length, failed.length, skipped.length);

function parseLimit(value: string, host: CliHost): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError(host.render(t('A whole number is expected.')));
  return Number(value);
}
