import { notFound } from '../errors/api-error.ts';
import { parseBody } from '../http/read-body.ts';
import type { RequestContext } from '../http/sandbox-app.ts';
import type { StoredNetwork, StoredServer } from '../store/state-schema.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/** The number in a path segment; 404 answers follow from a number that is no id. */
export const readId = (c: RequestContext, name: string): number => Number(c.req.param(name));

/** The body of a request, of either content type. */
export const readRequestBody = async (c: RequestContext): Promise<Readonly<Record<string, unknown>>> =>
  parseBody(await c.req.text(), c.req.header('content-type'));

/** Headers of an answer without a body: a PHP client stops reading at `Content-Length: 0` and breaks on chunks. */
export const noContent = { 'content-length': '0' } as const;

/** The server of the path `…/{id}`; throws the recorded 404. */
export const findServer = (context: Pick<SandboxContext, 'state'>, c: RequestContext): StoredServer => {
  const id = readId(c, 'id');
  const server = context.state.servers.find((one) => one.id === id);
  if (server === undefined) throw notFound('Server');
  return server;
};

/** The private or public network of the path `…/{id}`. */
export const findNetwork = (context: Pick<SandboxContext, 'state'>, c: RequestContext, kind: StoredNetwork['kind']): StoredNetwork => {
  const id = readId(c, 'id');
  const network = context.state.networks.find((one) => one.id === id && one.kind === kind);
  if (network === undefined) throw notFound('Network');
  return network;
};
