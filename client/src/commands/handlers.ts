import type { ClientContext } from './context/client-context.ts';
import type { CommandId } from '../generated/ids.ts';
import { accountCommands } from './account/account-commands.ts';
import { adoptCommands } from './project/adopt-commands.ts';
import { convertCommands } from './project/convert-commands.ts';
import { dashboardCommands } from './servers/dashboard-commands.ts';
import { diffCommands } from './plan/diff-commands.ts';
import { operationCommands } from './operations/operation-commands.ts';
import { sandboxCommands } from './account/sandbox-commands.ts';
import { setupCommands } from './project/setup-commands.ts';
import { planCommands } from './plan/plan-commands.ts';
import { serverCommands } from './servers/server-commands.ts';

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
  ...sandboxCommands,
  ...operationCommands,
  ...setupCommands,
};
