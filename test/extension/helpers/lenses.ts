import { type CodeLens, commands, type Uri } from 'vscode';
import { until } from './until.ts';

/** More than a file of a suite has: these are resolved. */
const RESOLVED = 100;

/** Lenses over a line, resolved, by title; waits until there are some. */
export async function lensesAt(uri: Uri, line: number): Promise<ReadonlyMap<string, CodeLens>> {
  const found = await until(async () => {
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, RESOLVED);
    return lenses.filter(({ range }) => range.start.line === line);
  });
  return new Map(found.map((lens) => [lens.command?.title ?? '', lens]));
}

/** Carries out the command of a lens, as a click on it does; resolves when the command has ended. */
export async function pressLens(uri: Uri, line: number, title: string): Promise<void> {
  const command = (await lensesAt(uri, line)).get(title)?.command;
  if (!command) throw new Error(`no lens ${title} over line ${line + 1}`);
  await commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}
