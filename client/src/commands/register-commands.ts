import { commands, type Disposable, window, workspace } from 'vscode';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../client-context.ts';
import { type CommandId, trustedCommandIds } from '../generated/ids.ts';
import { accountCommands } from './account-commands.ts';
import { adoptCommands } from './adopt-commands.ts';
import { convertCommands } from './convert-commands.ts';
import { dashboardCommands } from './dashboard-commands.ts';
import { diffCommands } from './diff-commands.ts';
import { reportError } from './in-background.ts';
import { otherCommands } from './other-commands.ts';
import { planCommands } from './plan-commands.ts';
import { serverCommands } from './server-commands.ts';

/** What a command does. The arguments are the editor's: a row and the selected rows, a lens's argument, or nothing. */
export type Handler = (context: ClientContext, ...arguments_: unknown[]) => unknown;

/** One handler for each command of the manifest: one that is missing or misspelt does not compile. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
  ...planCommands,
  ...serverCommands,
  ...diffCommands,
  ...dashboardCommands,
  ...adoptCommands,
  ...convertCommands,
  ...accountCommands,
  ...otherCommands,
};

const needTrust: ReadonlySet<string> = new Set(trustedCommandIds);

/** Registers every command. What goes wrong in one is said and logged; one that needs trust asks for it. */
export function registerCommands(context: ClientContext): readonly Disposable[] {
  return Object.entries(handlers).map(([id, handler]) =>
    commands.registerCommand(id, async (...given: unknown[]) => {
      try {
        if (needTrust.has(id) && !workspace.isTrusted) return await explainTrust(context);
        return await handler(context, ...given);
      } catch (error) {
        reportError(context, error);
        return undefined;
      }
    }),
  );
}

/** A code lens or a link reaches a command that the menus have switched off. */
async function explainTrust({ render }: ClientContext): Promise<void> {
  const manage = render(t('Manage trust'));
  const text = t('This workspace is not trusted, so nothing is started: no process, no network.');
  if ((await window.showWarningMessage(render(text), manage)) === manage) await commands.executeCommand('workbench.trust.manage');
}
