import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { GivenConfirmation } from '#core/engine/confirm.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';

/** Options of commands that make a plan. */
export interface PlanOptions {
  readonly only: string[];
  readonly except: string[];
  readonly full?: boolean;
  readonly allowReplace: string[];
  readonly allowDeletes?: number;
}

/** Options of commands that carry something out. */
export interface ConfirmOptions {
  readonly yes?: boolean;
  readonly confirm?: string;
  readonly allowDeletes?: number;
}

/** Adds `--only`, `--except`, `--full`, `--allow-replace`, `--allow-deletes`. */
export function addPlanOptions(command: Command, render: RenderText): Command {
  return command
    .option('--only <target>', render(t('only this address, entry, group or glob; may be repeated')), collect, [])
    .option('--except <target>', render(t('all but this address, entry, group or glob; may be repeated')), collect, [])
    .option('--full', render(t('show unchanged addresses and every field too')))
    .option('--allow-replace <address>', render(t('this server may be deleted and created anew, empty; may be repeated')), collect, [])
    .option('--allow-deletes <count>', render(t('so many objects may be deleted; confirms exactly that many')), (value) =>
      parseCount(value, render),
    );
}

/** Adds `--yes` and `--confirm`. */
export function addConfirmOptions(command: Command, render: RenderText): Command {
  return command
    .option('-y, --yes', render(t('do not ask; deletions still want --confirm or --allow-deletes')))
    .option('--confirm <name>', render(t('confirms the deletion or replacement of the one object of this name')));
}

/** Adds `--detailed-exitcode`. */
export function addDetailedExitCode(command: Command, render: RenderText): Command {
  return command.addOption(new Option('--detailed-exitcode', render(t('exit code 2 when there are changes'))));
}

export const toGiven = (options: ConfirmOptions): GivenConfirmation => ({
  yes: options.yes === true,
  ...(options.confirm === undefined ? {} : { confirm: options.confirm }),
  ...(options.allowDeletes === undefined ? {} : { allowDeletes: options.allowDeletes }),
});

export const toPolicy = (options: PlanOptions) => ({
  allowReplace: options.allowReplace,
  ...(options.allowDeletes === undefined ? {} : { allowDeletes: options.allowDeletes }),
});

/** Collects a repeated or comma-separated option. */
export const collect = (value: string, previous: readonly string[]): string[] => [
  ...previous,
  ...value.split(',').filter((part) => part !== ''),
];

/** A count given to an option. Throws `InvalidArgumentError`. */
export function parseCount(value: string, render: RenderText): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError(render(t('A whole number is expected.')));
  return Number(value);
}
