import { commands, type Disposable, workspace } from 'vscode';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from './context/client-context.ts';
import { commandIds, trustedCommandIds } from '../generated/ids.ts';
import { reportError } from './context/report-error.ts';
import { window } from '../text/editor-window.ts';

const needTrust: ReadonlySet<string> = new Set(trustedCommandIds);

/**
 * Registers every command. What goes wrong in one is said and logged; one that needs trust asks for it. What they do is loaded
 * by the first one that runs: an editor that starts waits for none of it.
 */
export function registerCommands(context: ClientContext): readonly Disposable[] {
  return commandIds.map((id) =>
    commands.registerCommand(id, async (...given: unknown[]) => {
      try {
        if (needTrust.has(id) && !workspace.isTrusted) return await explainTrust(context);
        const { handlers } = await import('./handlers.ts');
        return await handlers[id](context, ...given);
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
