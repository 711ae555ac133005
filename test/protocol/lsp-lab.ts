import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures, type ClientCapabilities, type InitializeResult } from 'vscode-languageserver';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { createMemoryFiles, type MemoryFile } from '#core/infra/testing/memory-files.ts';
import { systemClock } from '#core/platform/clock.ts';
import { createServer } from '#server/create-server.ts';
import { connectionOptions } from '#server/connection/connection-options.ts';
import type { ServerPorts } from '#server/ports/server-ports.ts';
import { systemTimers } from '#server/ports/timers.ts';
import russian from '../../l10n/bundle.l10n.ru.json' with { type: 'json' };
import { fullCapabilities } from './full-capabilities.ts';

export interface LabOptions {
  readonly capabilities?: ClientCapabilities;
  readonly locale?: string;
  readonly initializationOptions?: unknown;
  /** Files on the disk; may be changed while the lab runs. */
  readonly files?: Record<string, MemoryFile>;
  readonly folders?: readonly string[] | null;
  readonly ports?: Partial<ServerPorts>;
  /** What `workspace/configuration` answers for the section `ict`. */
  readonly settings?: unknown;
}

/** A real client and a real server over two streams in memory. */
export interface Lab {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly files: Record<string, MemoryFile>;
  /** Everything the server has published, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** Lines of the server's log that are warnings or errors. */
  readonly complaints: readonly string[];
  readonly exitCodes: readonly number[];
  /** Requests of the server's to the client, by method. */
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  settings: unknown;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, ...changes: readonly TextDocumentContentChangeEvent[]): void;
  /** The first publication for an address, of this version or a later one, that satisfies the condition; past ones count. */
  diagnosticsOf(uri: string, version?: number, isWanted?: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  close(): Promise<void>;
}

const requestsOfServers = [
  'client/registerCapability',
  'workspace/configuration',
  'workspace/codeLens/refresh',
  'workspace/inlayHint/refresh',
  'workspace/diagnostic/refresh',
];

const running = new Set<Lab>();

/** Ends every lab of a test. */
export async function closeLabs(): Promise<void> {
  for (const lab of running) await lab.close();
  running.clear();
}

export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const exitCodes: number[] = [];
  const watchDog = { shutdownReceived: false, initialize: () => undefined, exit: (code: number) => void exitCodes.push(code) };
  const server = createConnection(
    (logger) => createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), logger, connectionOptions),
    watchDog,
    ProposedFeatures.all,
  );
  const files: Record<string, MemoryFile> = { ...options.files };
  createServer(server, {
    files: createMemoryFiles(files),
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    timers: systemTimers,
    listFolder: (path) => {
      const names = Object.keys(files).filter((file) => file.startsWith(`${path}/`) && !file.slice(path.length + 1).includes('/'));
      return names.map((file) => ({ name: file.slice(path.length + 1), isFolder: false }));
    },
    openCloud: () => Promise.resolve(undefined),
    readHistory: () => Promise.resolve([]),
    codePage: () => undefined,
    version: '1.2.3',
    loadRussian: () => Promise.resolve(russian),
    ...options.ports,
  });
  server.listen();

  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  const complaints: string[] = [];
  const asked: { method: string; params: unknown }[] = [];
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    // One that is answered leaves the set.
    waiting.forEach((look) => look());
  });
  client.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
    if (type <= 2) complaints.push(message);
  });
  const lab: Lab = {
    client,
    initialized: { capabilities: {} },
    files,
    published,
    complaints,
    exitCodes,
    asked,
    settings: options.settings,
    open: (uri, text, languageId = 'ict-infra') =>
      void client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, ...contentChanges) =>
      void client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    diagnosticsOf: (uri, version = 0, isWanted = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = published.findLast((one) => one.uri === uri && (one.version ?? version) >= version && isWanted(one.diagnostics));
          if (!found) return;
          waiting.delete(look);
          resolve(found.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      // A second shutdown is refused.
      await client.sendRequest('shutdown').catch(() => undefined);
      client.dispose();
      server.dispose();
    },
  };
  running.add(lab);
  for (const method of requestsOfServers) {
    client.onRequest(method, (params: unknown) => {
      asked.push({ method, params });
      return method === 'workspace/configuration' ? [lab.settings ?? null] : null;
    });
  }
  client.listen();
  const folders = options.folders === undefined ? ['file:///project'] : options.folders;
  const initialized = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    locale: options.locale,
    capabilities: options.capabilities ?? fullCapabilities,
    initializationOptions: options.initializationOptions,
    workspaceFolders: folders?.map((uri) => ({ uri, name: uri })) ?? null,
  });
  Object.assign(lab, { initialized });
  await client.sendNotification('initialized', {});
  return lab;
}
