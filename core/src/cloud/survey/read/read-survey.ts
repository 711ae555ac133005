import { CloudError } from '#core/ports/cloud-provider.ts';
import { type Exchange, idOf, isRow, rowsOf } from './exchange.ts';

/** Sends one GET through the paced transport and gives what came back. Throws `CloudError` when there was no answer. */
export type ReadPath = (path: string, signal: AbortSignal) => Promise<Exchange>;

export interface SurveyRequest {
  readonly read: ReadPath;
  /** Ids of the ledger of this folder, which the lists should have. */
  readonly recorded: readonly { readonly kind: 'server' | 'network' | 'key'; readonly id: number }[];
  /** Called before each request. */
  readonly onRequest?: (path: string) => void;
}

/** Objects of a kind that are read one by one, spread over the list: enough to see what differs, few enough for the rate limit. */
const MAX_OBJECTS = 15;
/** Servers whose actions are read. */
const MAX_ACTIONS = 5;
/** Belongs to nobody's account: shows how "not found" looks. */
export const ABSENT_SERVER = '/server/1';

/** Everything that is read whatever the account holds. DNS and storage are of other products: an account may lack them. */
const firstPaths = [
  '/customer/balance',
  '/project',
  '/server',
  '/Server/',
  '/image',
  '/dcLocation',
  '/sshkey',
  '/network',
  '/publicnetwork',
  '/dns',
  '/storage',
  ABSENT_SERVER,
] as const;

/**
 * Reads everything of an account that GET can read, one request after the other. A refusal is an exchange like any other; a request
 * without an answer too, except the first: throws `CloudError` when `/account` cannot be read, since nothing else can then.
 */
export async function readSurvey({ read, recorded, onRequest }: SurveyRequest, signal: AbortSignal): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  const ask = async (path: string): Promise<unknown> => {
    onRequest?.(path);
    const exchange = await read(path, signal).catch((error: unknown): Exchange => {
      if (!(error instanceof CloudError) || error.code === 'aborted' || exchanges.length === 0) throw error;
      return { path, status: 0, headers: {}, elapsedMs: 0, body: undefined };
    });
    exchanges.push(exchange);
    return exchange.body;
  };
  if (!isRow(await ask('/account'))) throw new CloudError('invalid-answer', 'GET /account: the answer is not one of the API');
  for (const path of firstPaths) await ask(path);
  const listOf = (path: string) => exchanges.find((one) => one.path === path)?.body;
  for (const kind of ['server', 'network', 'publicnetwork', 'sshkey'] as const) {
    const listed = rowsOf(listOf(`/${kind}`)).map(idOf);
    for (const id of spread(listed, MAX_OBJECTS)) await ask(`/${kind}/${String(id)}`);
  }
  const wireKinds = { server: 'server', network: 'network', key: 'sshkey' } as const;
  for (const { kind, id } of recorded) {
    const path = `/${wireKinds[kind]}/${id}`;
    if (!exchanges.some((one) => one.path === path)) await ask(path);
  }
  for (const id of spread(rowsOf(listOf('/server')).map(idOf), MAX_ACTIONS)) {
    const [newest] = rowsOf(await ask(`/server/${String(id)}/action`));
    if (newest !== undefined && isId(idOf(newest))) await ask(`/server/${String(id)}/action/${String(idOf(newest))}`);
  }
  const [domain] = rowsOf(listOf('/dns'));
  if (domain !== undefined && isId(idOf(domain))) await ask(`/dns/${String(idOf(domain))}`);
  // Read twice: whether the order and the rows of a list are the same a moment later.
  await ask('/server');
  return exchanges;
}

/** At most `count` of the ids, evenly spread; anything that is no id is left out. */
function spread(ids: readonly unknown[], count: number): readonly unknown[] {
  const good = ids.filter(isId);
  if (good.length <= count) return good;
  return Array.from({ length: count }, (_, index) => good[Math.floor((index * good.length) / count)]);
}

/** A path is made from it, so nothing but digits will do. */
function isId(value: unknown): boolean {
  return (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) || (typeof value === 'string' && /^\d{1,15}$/.test(value));
}
