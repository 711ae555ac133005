import type { Command } from 'commander';
import { examineTools, findBundledContent, findRemedy, type ToolReport } from '#core/create-core/deploy-tools.ts';
import { CredentialsError, findCredentials } from '#core/platform/credentials.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import { describeFailure } from '../../session/failures.ts';
import { examineApi } from './doctor-api.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';

/** One line of the report. */
interface Finding {
  readonly level: 'good' | 'missing' | 'optional';
  readonly what: string;
  readonly text: Text;
}

/** `ict doctor`: whether everything is there, and one command that mends what is not. With `--api`: whether the API is as expected. */
export function addDoctorCommand(program: Command, host: CliHost): void {
  program
    .command('doctor')
    .description(host.render(t('say what deploying needs, what of it is here, and how to get the rest')))
    .option('--api', host.render(t('compare the API of the account with what ict expects, and write a transcript without secrets')))
    .option('--out <file>', host.render(t('file of the transcript; ict-api-transcript.json without it')))
    .option('-f, --file <file>', host.render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .action(async (options: { api?: boolean; out?: string; file?: string }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      if (options.api !== true && (options.out ?? options.file) !== undefined) throw new UsageError(t('--out and --file go with --api.'));
      host.exitCode = options.api === true ? await examineApi(host, options, globals) : await examine(host, globals);
    });
}

async function examine(host: CliHost, globals: GlobalOptions): Promise<number> {
  const { io, render, style } = host;
  const tools = await examineTools(io.environment, io.cwd, AbortSignal.timeout(LIMIT_MS));
  const content = findBundledContent();
  const findings: readonly Finding[] = [
    ...tools.map(judgeTool),
    content
      ? { level: 'good', what: 'playbooks', text: verbatim(content.folder) }
      : { level: 'missing', what: 'playbooks', text: t('The playbooks of ict are missing: install ict again.') },
    await judgeToken(host, globals),
  ];
  const missing = tools.filter(({ path, problem, isOptional }) => !isOptional && (path === undefined || problem !== undefined));
  const remedy = await findRemedy(
    missing.map(({ name }) => name),
    io.environment,
    io.cwd,
  );
  const isGood = findings.every(({ level }) => level !== 'missing');
  if (globals.json === true) {
    host.printJson({ tools, playbooks: content?.folder, remedy, isGood });
    return isGood ? exitCodes.done : exitCodes.unclassified;
  }
  const marks = { good: style.green('✓'), missing: style.red('✗'), optional: style.dim('–') };
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { level, what, text } of findings) io.out(`  ${marks[level]} ${what.padEnd(width)}  ${render(text)}\n`);
  if (process.platform === 'win32') host.complain(t('Ansible does not run on Windows itself: run ict inside WSL.'));
  if (isGood) host.say(t('Everything that deploying needs is here.'));
  else if (missing.length > 0) {
    if (remedy === undefined) host.complain(t('Please install: {0}', missing.map(({ name }) => name).join(', ')));
    else {
      host.complain(t('To install what is missing:'));
      io.err(`    ${remedy}\n`);
    }
  }
  return isGood ? exitCodes.done : exitCodes.unclassified;
}

/** Longest time that all programs together may take to tell their versions. */
const LIMIT_MS = 20_000;

function judgeTool({ name, isOptional, path, version, problem }: ToolReport): Finding {
  if (path === undefined && isOptional)
    return { level: 'optional', what: name, text: t('not here; wanted only for logging in by password') };
  if (path === undefined) return { level: 'missing', what: name, text: t('not on PATH') };
  if (problem !== undefined)
    return { level: isOptional ? 'optional' : 'missing', what: name, text: t('{0} does not work: {1}', path, problem) };
  return { level: 'good', what: name, text: verbatim(version === undefined ? path : `${version}  ${path}`) };
}

async function judgeToken({ io }: CliHost, globals: GlobalOptions): Promise<Finding> {
  try {
    const { endpoint } = await findCredentials(io.environment, globals.context);
    return { level: 'good', what: 'token', text: verbatim(endpoint) };
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return { level: 'missing', what: 'token', text: describeFailure(error).text };
  }
}
