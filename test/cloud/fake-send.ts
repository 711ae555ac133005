import type { ApiAnswer, ApiRequest, Send } from '#core/cloud/transport/transport.ts';

/** What a fake endpoint does with one call: an answer or a failure. */
export type Reaction = ApiAnswer | Error;

/** An answer; a body that is no string is sent as JSON. */
export function answer(status: number, body: unknown = '', headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return {
    status,
    statusText: '',
    header: (name) => headers[name.toLowerCase()],
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** Reacts to the first call with the first reaction and so on; the last one stays. Keeps what it was asked. */
export function fakeSend(...reactions: readonly Reaction[]): { readonly send: Send; readonly requests: ApiRequest[] } {
  const requests: ApiRequest[] = [];
  const send: Send = async (request) => {
    requests.push(request);
    const reaction = reactions[Math.min(requests.length, reactions.length) - 1] ?? new Error('no reaction');
    if (reaction instanceof Error) throw reaction;
    return reaction;
  };
  return { send, requests };
}

/** A request to try a link with. */
export const request = (method: ApiRequest['method'] = 'GET', signal: AbortSignal = new AbortController().signal): ApiRequest => ({
  method,
  path: '/server',
  signal,
});
