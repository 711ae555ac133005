import type { ClientContext } from '../client-context.ts';
import type { CommandId } from '../generated/ids.ts';
import { accountCommands } from './account-commands.ts';
import { adoptCommands } from './adopt-commands.ts';
import { convertCommands } from './convert-commands.ts';
import { dashboardCommands } from './dashboard-commands.ts';
import { diffCommands } from './diff-commands.ts';
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
