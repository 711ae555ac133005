import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { StreamMessageReader, type Message as ProtocolMessage } from 'vscode-languageserver/node';
import { fullCapabilities, pullCapabilities } from '../protocol/full-capabilities.ts';
import { createRandom, type Random } from './random.ts';
import { randomMessage, type Message } from './random-messages.ts';

export interface StormOptions {
  /** The bundled language server. */
  readonly program: string;
  readonly seed: number;
  readonly messages: number;
  /** Options of Node, such as `--stack-size`. */
  readonly nodeOptions?: readonly string[];
  /** So often a frame is sent that ends the connection; the server is then started anew. */
  readonly breakEvery?: number;
  readonly onProgress?: (sent: number, rssMb: number) => void;
}

/** How a storm ended. */
export interface StormResult {
  readonly sent: number;
  readonly answered: number;
  /** Connections that ended because of a frame that no reader can go on after, as they must. */
  readonly ended: number;
  readonly elapsedMs: number;
  readonly highestRssMb: number;
  /** The server died or hung: what it said, and the messages since the last sign of life, newest last. */
  readonly fall?: { readonly how: string; readonly stderr: string; readonly last: readonly string[] };
}

const BATCH = 100;
const PATIENCE_MS = 120_000;

/** Frames after which nobody knows where the next message begins. */
const hopeless = [
  'Content-Length: 99999999999\r\n\r\n{}',
  'X: 1\r\n\r\n{}',
  'Content-Length: -5\r\n\r\n{}',
  'Content-Length: x\r\n\r\n',
] as const;

/** Sends random messages to a language server of its own, always the same ones for a seed. */
export async function storm(options: StormOptions): Promise<StormResult> {
  const { program, seed, messages, nodeOptions = [], breakEvery = 50_000, onProgress } = options;
  const random = createRandom(seed);
  const startedAt = performance.now();
  let [sent, answered, ended, highestRssMb] = [0, 0, 0, 0];
  const end = (fall?: StormResult['fall']): StormResult => ({
    sent,
    answered,
    ended,
    elapsedMs: performance.now() - startedAt,
    highestRssMb,
    ...(fall ? { fall } : {}),
  });
  let server = new Server(program, nodeOptions, random);
  try {
    while (sent < messages) {
      const batch: string[] = [];
      for (let at = 0; at < BATCH && sent < messages; at += 1) {
        sent += 1;
        batch.push(JSON.stringify(randomMessage(random, sent)));
      }
      if (random.chance(0.05)) batch.push(random.pick(['{', '[]', 'null', '[[', '"x"', '\ufffd', '{"jsonrpc":"2.0"}']));
      const how = await server.take(batch, `mark-${sent}`);
      if (how !== undefined) return end({ how, stderr: server.stderr, last: batch });
      highestRssMb = Math.max(highestRssMb, server.rssMb);
      if (sent % (BATCH * 100) === 0) onProgress?.(sent, server.rssMb);
      if (sent % breakEvery < BATCH) {
        answered += server.answered;
        const over = await server.end(random.pick(hopeless));
        if (over !== 'exit 1') return end({ how: `after a hopeless frame: ${over}`, stderr: server.stderr, last: batch });
        ended += 1;
        server = new Server(program, nodeOptions, random);
      }
    }
    answered += server.answered;
    return end();
  } finally {
    server.kill();
  }
}

class Server {
  stderr = '';
  answered = 0;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, () => void>();
  readonly #exit: Promise<string>;

  constructor(program: string, nodeOptions: readonly string[], random: Random) {
    const child = spawn(process.execPath, [...nodeOptions, program, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    this.#exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`)));
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-20_000);
    });
    new StreamMessageReader(child.stdout).listen((message) => this.#receive(message));
    const capabilities = random.chance(0.5) ? fullCapabilities : pullCapabilities;
    this.#send({
      id: 'init',
      method: 'initialize',
      params: { processId: null, rootUri: null, locale: random.pick(['en', 'ru']), capabilities },
    });
    this.#send({ method: 'initialized', params: {} });
  }

  /** Memory of the process, MB; 0 where the kernel does not say. */
  get rssMb(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      return 0;
    }
  }

  /** Sends bodies and waits until the server answers a question after them. Gives how it failed to. */
  async take(bodies: readonly string[], mark: string): Promise<string | undefined> {
    const answer = new Promise<undefined>((resolve) => this.#waiting.set(mark, () => resolve(undefined)));
    for (const body of bodies) this.#write(body);
    this.#send({ id: mark, method: 'workspace/symbol', params: { query: 'web' } });
    return this.#within(Promise.race([answer, this.#exit]));
  }

  /** Sends a frame as it is and waits for the end of the process. */
  async end(frame: string): Promise<string> {
    this.#child.stdin?.write(frame);
    return (await this.#within(this.#exit)) ?? '';
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #within<Value>(wait: Promise<Value>): Promise<Value | string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no answer within ${PATIENCE_MS} ms`), PATIENCE_MS);
    });
    return Promise.race([wait, late]).finally(() => clearTimeout(timer));
  }

  #receive(message: ProtocolMessage): void {
    const { id, method } = message as { readonly id?: unknown; readonly method?: unknown };
    if (typeof method === 'string') {
      if (id !== undefined) this.#send({ id, result: method === 'workspace/configuration' ? [{}] : null });
      return;
    }
    this.answered += 1;
    if (typeof id === 'string') this.#waiting.get(id)?.();
  }

  #send(message: Message): void {
    this.#write(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }

  #write(body: string): void {
    const bytes = Buffer.from(body);
    this.#child.stdin?.write(`Content-Length: ${bytes.length}\r\n\r\n`);
    this.#child.stdin?.write(bytes);
  }
}
