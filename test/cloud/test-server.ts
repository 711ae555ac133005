import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { testCertificate, testKey } from './tls-fixture.ts';

/** A small server of a test, on loopback and a free port. */
export interface TestServer {
  readonly port: number;
  readonly endpoint: string;
  /** `GET /server`, in order. */
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** What a server does with a request; `count` is 1 for the first. */
export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export const startHttpServer = (handler: Handler): Promise<TestServer> => start('http', handler, createServer);

/** With the self-signed certificate. */
export const startTlsServer = (handler: Handler): Promise<TestServer> =>
  start('https', handler, (listener) => createTlsServer({ cert: testCertificate, key: testKey }, listener));

async function start(protocol: string, handler: Handler, create: (listener: RequestListener) => Server): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = create((request, response) => {
    requests.push(request);
    handler(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, endpoint: `${protocol}://127.0.0.1:${port}`, requests, close: () => closeServer(server) };
}

/** Ends a server and what is connected to it. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
