import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { openProjectLock } from '#core/create-core/open-project-lock.ts';
import { systemClock } from '#core/platform/clock.ts';
import { wallAgeMs } from '#core/ports/clock.ts';
import type { LockState } from '#core/ports/project-store.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { readProjectName } from '../../inputs/read-project-name.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { formatDuration } from '../../terminal/format-duration.ts';

interface Options {
  readonly yes?: boolean;
}

/** `ict unlock`: removes the lock that an operation has left behind. */
export function addUnlockCommand(program: Command, host: CliHost): void {
  const { render } = host;
  program
    .command('unlock')
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('remove the lock that an operation left behind; refuses while the operation runs on this machine')))
    .option('--yes', render(t('do not ask')))
    .action(async (word: string | undefined, options: Options, self: Command) => {
      host.exitCode = await unlock(host, await findInfraFile(host.io.cwd, word), options, self.optsWithGlobals());
    });
}

async function unlock(host: CliHost, file: string, { yes }: Options, globals: GlobalOptions): Promise<number> {
  const isJson = globals.json === true;
  const lock = openProjectLock(dirname(resolve(file)), await readProjectName(host, file));
  const seen = await lock.read();
  const finish = (text: Text, exitCode: number, isRemoved = false): number => {
    if (isJson) host.printJson({ lock: toJson(seen), removed: isRemoved });
    if (exitCode !== exitCodes.done) host.complain(text);
    else if (!isJson) host.say(text);
    return exitCode;
  };
  if (seen.kind === 'free') return finish(t('The project is not locked.'), exitCodes.done);
  if (!isJson) host.say(describe(seen));
  if (seen.kind === 'held' && seen.life === 'alive')
    return finish(
      t('Process {0} is running on this machine, so its lock stays. Wait until it ends, or stop it.', seen.holder.pid),
      exitCodes.locked,
    );
  if (yes !== true && !(await isConfirmed(host)))
    return finish(t('The lock was not removed. To remove it: ict unlock --yes'), exitCodes.notConfirmed);
  if (await lock.remove(seen)) return finish(t('The lock was removed.'), exitCodes.done, true);
  return finish(t('The lock is another one by now and was left alone. Look again: ict unlock'), exitCodes.locked);
}

async function isConfirmed({ io, render }: CliHost): Promise<boolean> {
  if (!io.isInteractive) return false;
  const question = t('If that operation still runs, both would change the same servers. Remove the lock? Type yes:');
  return (await io.ask(`${render(question)} `))?.trim() === 'yes';
}

function describe(seen: Exclude<LockState, { kind: 'free' }>): Text {
  if (seen.kind === 'damaged') return t('The lock cannot be read: nobody can tell who has left it.');
  const { command, pid, host, startedAt } = seen.holder;
  const age = formatDuration(wallAgeMs(Date.parse(startedAt), systemClock.now()));
  return t('Locked by {0}, process {1} on {2}, since {3} ({4} ago).', command, pid, host, startedAt, age);
}

const toJson = (seen: LockState): unknown =>
  seen.kind === 'held' ? { ...seen.holder, life: seen.life } : seen.kind === 'free' ? null : { life: 'damaged' };
