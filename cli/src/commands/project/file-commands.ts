import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { diagnosticCatalog } from '#core/diagnostics/catalog.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import { hasErrors } from '#core/diagnostics/diagnostic.ts';
import { formatInfraText } from '#core/infra/format/format-infra-text.ts';
import { readPriceTable } from '#core/infra/prices/read-price-table.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t, tn } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { projectFiles } from '../../inputs/project-files.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';

/** `ict validate`, `fmt`, `explain`: the file alone, no network. */
export function addFileCommands(program: Command, host: CliHost): void {
  const { render } = host;
  const fileHelp = render(t('infra file, its folder, or NAME of NAME.infra.yaml'));
  program
    .command('validate')
    .argument('[file]', fileHelp)
    .description(render(t('check the infra file; needs no network and no token')))
    .action((word: string | undefined, _options: unknown, command: Command) => validate(host, word, command.optsWithGlobals()));
  program
    .command('fmt')
    .argument('[file]', fileHelp)
    .description(render(t('lay the infra file out the usual way; comments stay')))
    .option('--check', render(t('write nothing; exit code 2 when the file would change')))
    .action((word: string | undefined, options: { check?: boolean }) => format(host, word, options.check === true));
  program
    .command('explain')
    .argument('<code>', render(t('code of a diagnostic, such as unknown-key')))
    .description(render(t('explain a diagnostic')))
    .action((code: string) => explain(host, code));
}

async function validate(host: CliHost, word: string | undefined, globals: GlobalOptions): Promise<void> {
  const { io, render, errorStyle } = host;
  const path = await findInfraFile(io.cwd, word);
  const files = projectFiles(host, path);
  const read = await readInfraFile(files, path);
  const prices = read.value && (await readPriceTable(files, read.value));
  const diagnostics = [...read.diagnostics, ...(prices?.diagnostics ?? [])];
  const isBroken = hasErrors(diagnostics);
  host.exitCode = isBroken ? exitCodes.usage : exitCodes.done;
  if (globals.json) {
    host.printJson({
      file: path,
      isValid: !isBroken,
      diagnostics: diagnostics.map((item) => ({ ...item, message: render(item.detail) })),
    });
    return;
  }
  io.err(renderDiagnostics(diagnostics, { render, style: errorStyle, cwd: io.cwd }));
  const errors = diagnostics.filter((item) => item.severity === 'error').length;
  const others = diagnostics.length - errors;
  if (isBroken) host.complain(tn(errors, '{0} error.', '{0} errors.'));
  else if (others > 0) host.say(tn(others, 'The file is valid, with {0} warning.', 'The file is valid, with {0} warnings.'));
  else host.say(t('The file is valid.'));
}

async function format(host: CliHost, word: string | undefined, isCheck: boolean): Promise<void> {
  const { io, render, errorStyle } = host;
  const path = await findInfraFile(io.cwd, word);
  const bytes = await nodeFileReader.read(path, 8 * 1024 * 1024);
  const before = new TextDecoder().decode(bytes);
  const { text, diagnostics } = formatInfraText(before);
  if (hasErrors(diagnostics)) {
    io.err(renderDiagnostics(diagnostics, { render, style: errorStyle, cwd: io.cwd }));
    host.exitCode = exitCodes.usage;
    return;
  }
  if (text === before) host.say(t('Nothing to format.'));
  else if (isCheck) {
    host.complain(t('The file is not formatted.'));
    host.exitCode = exitCodes.changesPresent;
  } else {
    await writeFile(resolve(io.cwd, path), text);
    host.say(t('Formatted.'));
  }
}

function explain(host: CliHost, code: string): void {
  const info = Object.entries(diagnosticCatalog).find(([name]) => name === code)?.[1];
  if (!info) {
    const near = didYouMean(code, Object.keys(diagnosticCatalog));
    throw new UsageError(
      near === undefined ? t('There is no diagnostic "{0}".', code) : t('There is no diagnostic "{0}". Did you mean "{1}"?', code, near),
    );
  }
  host.io.out(`${host.style.bold(host.render(info.summary))}  ${host.style.dim(code)}\n\n${host.render(info.explanation)}\n`);
}
