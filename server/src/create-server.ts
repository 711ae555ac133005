import type { Connection, InitializeResult } from 'vscode-languageserver';
import { handleActions } from './handlers/actions.ts';
import type { AnswerContext } from './handlers/answer.ts';
import { handleCustom } from './handlers/custom.ts';
import { handleDiagnostics } from './handlers/diagnostics.ts';
import { handleDocuments } from './handlers/documents.ts';
import { handleNavigation } from './handlers/navigation.ts';
import { handleAuthoring } from './handlers/authoring.ts';
import { handleSemanticTokens } from './handlers/semantic-tokens.ts';
import { handleStructure } from './handlers/structure.ts';
import { handleWorkspace } from './handlers/workspace.ts';
import { createFailureLog } from './connection/failure-log.ts';
import { listCapabilities } from './runtime/list-capabilities.ts';
import { sendSafely } from './connection/send-safely.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import { startRunning, type Running } from './runtime/start-running.ts';

/**
 * Puts a language server for infra files behind a connection. It reads files and, when somebody asks about the account,
 * the account; it neither writes to the cloud nor starts a process.
 */
export function createServer(connection: Connection, ports: ServerPorts): void {
  let running: Running | undefined;
  let isShutDown = false;
  const context: AnswerContext = {
    connection,
    server: () => (isShutDown ? 'shut-down' : (running?.server ?? 'not-initialized')),
    onFailed: createFailureLog((line) => sendSafely(() => connection.console.error(line))),
  };
  connection.onInitialize(async (params): Promise<InitializeResult> => {
    running = await startRunning(connection, ports, params, context.onFailed);
    return { capabilities: listCapabilities(running.server.session), serverInfo: { name: 'ict', version: ports.version } };
  });
  connection.onShutdown(() => {
    isShutDown = true;
    running?.dispose();
  });
  handleDocuments(context);
  handleWorkspace(context, () => running?.external);
  handleDiagnostics(context);
  handleNavigation(context);
  handleStructure(context);
  handleSemanticTokens(context);
  handleAuthoring(context);
  handleActions(context);
  handleCustom(context, () => running);
}
