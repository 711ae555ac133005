import { type Command, Option } from 'commander';
import type { GivenConfirmation } from '#core/engine/confirm.ts';
import type { PlanPolicy } from '#core/engine/plan/plan-input.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../terminal/host.ts';
import { collect, parseCount } from './parse-options.ts';
import { isCi } from './project-files.ts';

/** What the user allows beyond the safe defaults. */
export interface AllowOptions {
  readonly allowReplace: string[];
  readonly allowDeletes?: number;
  readonly confirm?: string[];
  readonly confirmGone?: number;
}

/** Options of commands that make a plan. */
export interface PlanOptions extends AllowOptions {
  readonly only: string[];
  readonly except: string[];
  readonly full?: boolean;
}

/** Options of commands that carry something out. */
export interface ConfirmOptions {
  readonly yes?: boolean;
  readonly confirm?: string[];
  readonly allowDeletes?: number;
  readonly recreate?: string[];
  readonly allowEmptyLedger?: boolean;
}

/** Adds `--only`, `--except`, `--full`, and what {@link addAllowOptions} adds. */
export function addPlanOptions(command: Command, render: RenderText): Command {
  command
    .option('--only <target>', render(t('only this address, entry, group or glob; may be repeated')), collect, [])
    .option('--except <target>', render(t('all but this address, entry, group or glob; may be repeated')), collect, [])
    .option('--full', render(t('show unchanged addresses and every field too')));
  return addAllowOptions(command, render);
}

/** Adds `--allow-replace`, `--allow-deletes`, `--confirm` and `--confirm-gone`. */
export function addAllowOptions(command: Command, render: RenderText): Command {
  return command
    .option('--allow-replace <address>', render(t('this server may be deleted and created anew, empty; may be repeated')), collect, [])
    .option('--allow-deletes <count>', render(t('so many objects may be deleted; confirms exactly that many')), (value) =>
      parseCount(value, render),
    )
    .option(
      '--confirm <name>',
      render(t('confirm the deletion or replacement of the object with this name in the panel; may be repeated')),
      collect,
    )
    .option('--confirm-gone <count>', render(t('confirm that exactly this many recorded objects no longer exist')), (value) =>
      parseCount(value, render),
    );
}

/** Adds `--yes`, `--recreate` and `--allow-empty-ledger`. */
export function addConfirmOptions(command: Command, render: RenderText): Command {
  return command
    .option('-y, --yes', render(t('do not ask; deletions still want --confirm or --allow-deletes')))
    .option('--recreate <address>', render(t('recreate this lost object, empty; may be repeated')), collect, [])
    .option('--allow-empty-ledger', render(t('adopt what exists although there is no ledger here')));
}

/** Adds `--detailed-exitcode`. */
export function addDetailedExitCode(command: Command, render: RenderText): Command {
  return command.addOption(new Option('--detailed-exitcode', render(t('exit code 2 when there are changes'))));
}

export const toGiven = (options: ConfirmOptions): GivenConfirmation => ({
  yes: options.yes === true,
  ...(options.confirm?.length === 1 && options.confirm[0] !== undefined ? { confirm: options.confirm[0] } : {}),
  ...(options.allowDeletes === undefined ? {} : { allowDeletes: options.allowDeletes }),
  recreate: options.recreate ?? [],
});

/** What the user allows. Whoever only plans reads the plan, so nothing depends on whether somebody is there. */
export const toPolicy = (options: AllowOptions): PlanPolicy => ({
  allowReplace: options.allowReplace,
  ...(options.allowDeletes === undefined ? {} : { allowDeletes: options.allowDeletes }),
  ...(options.confirm === undefined ? {} : { confirmedNames: options.confirm }),
  ...(options.confirmGone === undefined ? {} : { confirmedGone: options.confirmGone }),
});

/** As {@link toPolicy}, for what is carried out: in CI and without a terminal nobody reads the plan. */
export const toApplyPolicy = ({ io }: CliHost, options: AllowOptions & ConfirmOptions): PlanPolicy => ({
  ...toPolicy(options),
  isUnattended: !io.isInteractive || isCi(io.environment),
  allowEmptyLedger: options.allowEmptyLedger === true,
});
