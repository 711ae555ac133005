import { type Agent, type IncomingMessage, request, type RequestOptions } from 'node:http';
import { ReadError } from './read-error.ts';

/** Largest page that is read; an exporter with everything switched on writes a few. */
export const MAX_PAGE_BYTES = 16 * 1024 * 1024;

/** Where the agent listens: an address, or a local socket that leads there. */
export type PageSource = { readonly host: string; readonly port: number } | { readonly socketPath: string };

/**
 * Gets `/metrics` over HTTP. A kept connection that the other side has closed meanwhile is replaced once. Compression is not
 * asked for: it would cost both sides more than the transfer. Throws `ReadError`, or the signal's reason.
 */
export async function getPage(source: PageSource, agent: Agent, signal: AbortSignal): Promise<string> {
  try {
    return await ask(source, agent, signal);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return ask(source, agent, signal);
  }
}

class StaleConnection extends Error {}

function ask(source: PageSource, agent: Agent, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      ...source,
      path: '/metrics',
      agent,
      signal,
      headers: { accept: 'text/plain;version=0.0.4', host: 'localhost' },
    };
    const fail = (error: Error): void => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (asked.reusedSocket && codeOf(error) === 'ECONNRESET') reject(new StaleConnection());
      else reject(error instanceof ReadError ? error : new ReadError(judge(codeOf(error)), error.message, error));
    };
    const asked = request(options, (answer) => {
      collect(answer).then(resolve, (error: unknown) => {
        answer.destroy();
        // Whatever ends an answer that has begun: it is not whole.
        fail(error instanceof ReadError ? error : new ReadError('bad-answer', 'the answer was cut off', error));
      });
    });
    asked.on('error', fail);
    asked.end();
  });
}

async function collect(answer: IncomingMessage): Promise<string> {
  if (answer.statusCode !== 200) throw new ReadError('bad-answer', `status ${answer.statusCode}`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_PAGE_BYTES) throw new ReadError('too-large', `more than ${MAX_PAGE_BYTES} bytes`);
    chunks.push(chunk as Buffer);
  }
  if (!answer.complete) throw new ReadError('bad-answer', 'the answer was cut off');
  return Buffer.concat(chunks, bytes).toString('utf8');
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** A connection that is refused or dropped at once says that the host is there and the agent is not. */
function judge(code: string): ReadError['code'] {
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE') return 'no-agent';
  return code.startsWith('HPE_') || code === 'ERR_STREAM_PREMATURE_CLOSE' ? 'bad-answer' : 'unreachable';
}
