import { CommanderError } from 'commander';
import { describeCloudError } from '#core/engine/apply/cloud-error-text.ts';
import { explainReadFailure } from '#core/infra/load/read-text.ts';
import { CredentialsError } from '#core/platform/credentials.ts';
import { EnvironmentError } from '#core/platform/environment.ts';
import { TargetError } from '#core/operations/make-plan.ts';
import { AnsibleError } from '#core/ports/ansible.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { systemClock } from '#core/platform/clock.ts';
import { wallAgeMs } from '#core/ports/clock.ts';
import { FileReadError } from '#core/ports/files.ts';
import { LockedError, type LockHolder, StorageError } from '#core/ports/project-store.ts';
import { SandboxProblem } from '#sandbox/errors/sandbox-problem.ts';
import { type ExitCode, exitCodes } from '#schemas/events/exit-code.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import { UsageError } from '../terminal/host.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import { TimeLimitError } from './session.ts';

/** A failure as people and scripts see it. */
export interface Failure {
  readonly text: Text;
  readonly exitCode: ExitCode;
  /** A broken assumption of ours. */
  readonly isBug?: boolean;
}

/** Turns whatever was thrown into a message with one next step, and the documented exit code. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof UsageError) return { text: error.text, exitCode: exitCodes.usage };
  if (error instanceof TargetError) return { text: joinTexts(error.details), exitCode: exitCodes.usage };
  if (error instanceof CommanderError) return { text: describeCommandLine(error), exitCode: exitCodes.usage };
  if (error instanceof TimeLimitError)
    return {
      text: t('The time limit ran out. What was begun goes on in the cloud; run the command again to go on.'),
      exitCode: exitCodes.timeLimit,
    };
  if (error instanceof CloudError) return { text: describeCloudError(error), exitCode: exitOfCloudError(error) };
  if (error instanceof CredentialsError) return { text: describeCredentials(error), exitCode: exitCodes.authentication };
  if (error instanceof EnvironmentError)
    return { text: t('The environment variable {0} is not valid.', error.variable), exitCode: exitCodes.usage };
  if (error instanceof LockedError) {
    return { text: describeLocked(error.holder), exitCode: exitCodes.locked };
  }
  if (error instanceof StorageError)
    return { text: describeStorage(error), exitCode: error.code === 'damaged-lock' ? exitCodes.locked : exitCodes.unclassified };
  if (error instanceof FileReadError) return { text: explainReadFailure(error.path, error), exitCode: exitCodes.usage };
  if (error instanceof AnsibleError)
    return { text: t('{0} What is missing, and how to get it: ict doctor', error.text), exitCode: exitCodes.unclassified };
  if (error instanceof SandboxProblem) return { text: error.problem, exitCode: exitCodes.unclassified };
  return { text: describeCloudError(error), exitCode: exitCodes.unclassified, isBug: true };
}

function describeLocked({ pid, host, startedAt, command, isHere }: LockHolder): Text {
  if (isHere)
    return t(
      'Another operation works on this project: {0}, process {1} on {2}, since {3}. Wait until it ends.',
      command,
      pid,
      host,
      startedAt,
    );
  return t(
    'The project is locked by {0}, process {1} on the machine {2}, since {3} ({4} ago). Wait until it ends. If it no longer runs, remove its lock: ict unlock',
    command,
    pid,
    host,
    startedAt,
    formatDuration(wallAgeMs(Date.parse(startedAt), systemClock.now())),
  );
}

function exitOfCloudError(error: CloudError): ExitCode {
  if (error.code === 'unauthorized' || error.code === 'forbidden') return exitCodes.authentication;
  return error.code === 'aborted' ? exitCodes.interrupted : exitCodes.provider;
}

function describeCredentials(error: CredentialsError): Text {
  switch (error.code) {
    case 'missing':
      return t('There is no token. Sign in with ict login, or set ONECLOUD_TOKEN. To try without an account: ict sandbox start');
    case 'unknown-context':
      return t('There is no stored token of that name. Sign in: ict login --context NAME');
    case 'too-open':
      return t('Others may read the token in {0}, so it is not used. To mend that: chmod 600 {0}', error.path);
    case 'unreadable':
      return t('The token in {0} cannot be read. Sign in again: ict login', error.path);
    default:
      return error.code satisfies never;
  }
}

function describeStorage(error: StorageError): Text {
  switch (error.code) {
    case 'damaged':
      return t(
        '{0} is damaged: {1}. Restore it from version control or from its .bak copy; ict changes nothing until then.',
        error.path,
        error.message,
      );
    case 'conflict':
      return t(
        '{0} has conflict markers: a merge of two versions was not finished. Keep the entries of both sides and remove the markers; a side that is dropped leaves its servers without an owner.',
        error.path,
      );
    case 'damaged-lock':
      return t('The lock {0} cannot be read. If no other ict works on this project, remove it: ict unlock', error.path);
    case 'moved':
      if (error.path === '')
        return t(
          'The project folder was moved or replaced while ict worked in it. Its ledger and the journal of what was done went with it. Find it, and run ict plan there before anything else.',
        );
      return t(
        'The project folder was moved to {0} while ict worked in it. Its ledger and the journal of what was done are there. Run ict plan there before anything else.',
        error.path,
      );
    case 'newer-format':
      return t('{0} was written by a newer ict. Update ict.', error.path);
    case 'unreadable':
      return t('{0} cannot be read. Check who may read it.', error.path);
    case 'unwritable':
      return t('{0} cannot be written. Check who may write there and whether the disk is full.', error.path);
    default:
      return error.code satisfies never;
  }
}

/** Commander's messages are English; its codes are stable. */
function describeCommandLine(error: CommanderError): Text {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownCommand':
      return t('There is no command "{0}". All commands: ict --help', quoted);
    case 'commander.unknownOption':
      return t('There is no option {0} here. All options: ict COMMAND --help', quoted);
    case 'commander.missingArgument':
      return t('The argument {0} is missing.', quoted);
    case 'commander.optionMissingArgument':
      return t('The option {0} wants a value.', quoted);
    case 'commander.excessArguments':
      return t('There are too many arguments. How the command is used: ict COMMAND --help');
    case 'commander.help':
      return t('A subcommand is missing. All commands: ict --help');
    default:
      return verbatim(error.message.replace(/^error: /, ''));
  }
}

const joinTexts = (texts: readonly Text[]): Text => ({ text: texts.map((_, index) => `{${index}}`).join('\n'), args: texts });
