import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Range,
} from 'vscode-languageserver/node';
import { fullCapabilities } from '../protocol/full-capabilities.ts';

/** How to start a language server, and what it needs to know. */
export interface MeasuredServer {
  readonly name: string;
  readonly args: readonly string[];
  readonly languageId: string;
  /** Answer to `workspace/configuration`, by section. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** One measurement: milliseconds until the answer was here, and milliseconds of computing of the server's main thread. */
export interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** How long a server may compute nothing to count as idle, milliseconds. */
const QUIET_MS = 60;
const LOOK_MS = 20;
/** Longest wait for one answer, milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * A neutral client of a language server: knows nothing of ours. Computing is read from the kernel (Linux), so that neither
 * a server's debounce nor what else the machine does is counted.
 */
export class LspProcess {
  readonly connection: MessageConnection;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  #version = 1;
  uri = '';
  capabilities: InitializeResult['capabilities'] = {};

  private constructor(child: ChildProcessWithoutNullStreams, settings: MeasuredServer['settings']) {
    this.#child = child;
    this.connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#waiting.forEach((take) => take(params));
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section?: string }[] }) =>
      items.map(({ section }) => settings[section ?? ''] ?? null),
    );
    for (const method of ['client/registerCapability', 'workspace/codeLens/refresh', 'workspace/inlayHint/refresh']) {
      this.connection.onRequest(method, () => null);
    }
    this.connection.onError(() => undefined);
    this.connection.listen();
  }

  /** Starts a server; the measurement is from the start of the process to the answer of `initialize`. */
  static async start(server: MeasuredServer, folder: string): Promise<{ readonly process: LspProcess; readonly sample: Sample }> {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...server.args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => undefined);
    const started = new LspProcess(child, server.settings);
    const root = pathToFileURL(folder).href;
    const { capabilities } = await started.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'bench' }],
      locale: 'en',
      capabilities: fullCapabilities,
    });
    const sample = { wallMs: performance.now() - startedAt, cpuMs: started.#readCpuMs() };
    started.capabilities = capabilities;
    await started.connection.sendNotification('initialized', {});
    await started.idle();
    return { process: started, sample };
  }

  /** Opens a document and waits for its problems. */
  async open(uri: string, languageId: string, text: string): Promise<Sample> {
    this.uri = uri;
    return this.#measure(async () => {
      const problems = this.#nextProblems(() => true);
      await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
      await problems;
    });
  }

  /** Changes the document and waits for the first problems of the new version. */
  change(range: Range, text: string): Promise<Sample> {
    return this.#measure(async () => {
      const problems = this.#nextProblems(({ version }) => version === undefined || version >= this.#version);
      await this.edit(range, text);
      await problems;
    });
  }

  /** Changes the document and waits for nothing. */
  edit(range: Range, text: string): Promise<void> {
    this.#version += 1;
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri, version: this.#version },
      contentChanges: [{ range, text }],
    });
  }

  /** Measures questions that are sent at once, until all are answered. */
  ask(...questions: readonly (readonly [method: string, params: object])[]): Promise<Sample> {
    return this.#measure(async () => {
      await Promise.all(questions.map(([method, params]) => this.request(method, params)));
    });
  }

  request<Answer>(method: string, params: object): Promise<Answer> {
    return this.connection.sendRequest<Answer>(method, { textDocument: { uri: this.uri }, ...params });
  }

  /** Resolves when the server computes nothing any more. */
  async idle(): Promise<void> {
    let [before, quietMs] = [this.#readCpuMs(), 0];
    while (quietMs < QUIET_MS) {
      await pause(LOOK_MS);
      const now = this.#readCpuMs();
      quietMs = now - before > 1 ? 0 : quietMs + LOOK_MS;
      before = now;
    }
  }

  /** Memory of the process, MB. */
  readRssMb(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  async stop(): Promise<void> {
    this.connection.dispose();
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #measure(work: () => Promise<void>): Promise<Sample> {
    const cpu = this.#readCpuMs();
    const startedAt = performance.now();
    await withPatience(work());
    return { wallMs: performance.now() - startedAt, cpuMs: this.#readCpuMs() - cpu };
  }

  #nextProblems(isWanted: (params: PublishDiagnosticsParams) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const take = (params: PublishDiagnosticsParams): void => {
        if (params.uri !== this.uri || !isWanted(params)) return;
        this.#waiting.delete(take);
        resolve();
      };
      this.#waiting.add(take);
    });
  }

  /** What the main thread has computed so far. */
  #readCpuMs(): number {
    return Number(readFileSync(`/proc/${this.#child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function withPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
