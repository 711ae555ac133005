import * as z from 'zod';
import { wireInt } from '#schemas/cloud/wire-values.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import type { Logger } from '#core/ports/logger.ts';
import { toWord } from '../texts/check-text.ts';
import type { ApiAnswer, ApiRequest, Send } from '../transport/transport.ts';
import { describeRequest } from '../transport/transport.ts';
import { parseTolerantly } from './parse-tolerantly.ts';

/** What the resources need to talk. */
export interface Api {
  readonly send: Send;
  readonly logger: Logger;
}

/** Reads an object or list. An answer that is no JSON or lacks something required: `invalid-answer`. */
export async function readJson<Schema extends z.ZodType>(
  api: Api,
  path: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>> {
  const request: ApiRequest = { method: 'GET', path, signal };
  const answer = await api.send(request);
  const parsed = parseAnswer(api, request, schema, answer);
  if (parsed.kind === 'parsed') return parsed.value;
  throw new CloudError('invalid-answer', `${describeRequest(request)}: ${parsed.why}`, {
    status: answer.status,
    request: describeRequest(request),
  });
}

/** Rows of a list, and those that could not be read: they exist all the same. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly unreadable: readonly { readonly id?: number; readonly name?: string }[];
}

/**
 * Reads a list row by row, so that one row that makes no sense does not hide the others. An answer that is no list is
 * `invalid-answer`: it says nothing about any object.
 */
export async function readRows<Schema extends z.ZodType>(
  api: Api,
  path: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<Rows<z.output<Schema>>> {
  const name = describeRequest({ method: 'GET', path });
  const list = await readJson(api, path, z.array(z.unknown()), signal);
  const rows: z.output<Schema>[] = [];
  const unreadable: Rows<unknown>['unreadable'][number][] = [];
  const dropped = new Set<string>();
  for (const json of list) {
    const parsed = parseTolerantly(schema, json);
    if (parsed.kind === 'parsed') {
      rows.push(parsed.value);
      for (const field of parsed.dropped) dropped.add(field);
      continue;
    }
    const identity = rowIdentity.safeParse(json).data ?? {};
    unreadable.push(identity);
    api.logger.warn(`${name}: a row makes no sense`, { id: identity.id, fields: parsed.problems.slice(0, 10) });
  }
  if (dropped.size > 0) api.logger.warn(`${name}: fields that make no sense were left out`, { fields: [...dropped].slice(0, 10) });
  return { rows, unreadable };
}

/** What can still be told of a row that cannot be read: public networks write `Id`, the rest `ID`. */
const rowIdentity = z
  .looseObject({ ID: z.unknown(), Id: z.unknown(), Name: z.unknown(), Title: z.unknown() })
  .partial()
  .transform(({ ID, Id, Name, Title }) => {
    const id = wireInt.safeParse(ID ?? Id).data;
    const name = z.string().safeParse(Name ?? Title).data;
    return { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name: toWord(name) }) };
  });

/** Like {@link readJson} for one object; undefined when there is none. */
export async function readIfFound<Schema extends z.ZodType>(
  api: Api,
  path: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema> | undefined> {
  try {
    return await readJson(api, path, schema, signal);
  } catch (error) {
    if (error instanceof CloudError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/**
 * Like {@link readIfFound} for an object that has an id. An answer about another object is `invalid-answer`: it must not be taken
 * for the one that was asked for.
 */
export async function readById<Schema extends z.ZodType<{ readonly ID: number }>>(
  api: Api,
  path: string,
  id: number,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema> | undefined> {
  const found = await readIfFound(api, `${path}/${id}`, schema, signal);
  if (found === undefined || found.ID === id) return found;
  const request = describeRequest({ method: 'GET', path: `${path}/${id}` });
  throw new CloudError('invalid-answer', `${request}: the answer is about object ${found.ID}`, { request });
}

/** Sends a write whose answer matters. An accepted write with an unreadable answer is `answer-lost`: nobody knows the new id. */
export async function createObject<Schema extends z.ZodType>(
  api: Api,
  path: string,
  body: object,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>> {
  const request: ApiRequest = { method: 'POST', path, body, signal };
  const answer = await api.send(request);
  const parsed = parseAnswer(api, request, schema, answer);
  if (parsed.kind === 'parsed') return parsed.value;
  throw new CloudError('answer-lost', `${describeRequest(request)} was accepted, but ${parsed.why}`, {
    status: answer.status,
    request: describeRequest(request),
  });
}

/** Sends a write that has succeeded with any 2xx; undefined when its answer says nothing we can read. */
export async function changeObject<Schema extends z.ZodType>(
  api: Api,
  request: ApiRequest,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const parsed = parseAnswer(api, request, schema, await api.send(request));
  return parsed.kind === 'parsed' ? parsed.value : undefined;
}

/** Deletes; any 2xx is success and so is "not found". True when there was something to delete. */
export async function deleteObject(api: Api, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await api.send({ method: 'DELETE', path, signal });
    return true;
  } catch (error) {
    if (error instanceof CloudError && error.code === 'not-found') return false;
    throw error;
  }
}

type ReadAnswer<Value> = { readonly kind: 'parsed'; readonly value: Value } | { readonly kind: 'unreadable'; readonly why: string };

/** The body is never quoted: an answer about a server holds its password. */
function parseAnswer<Schema extends z.ZodType>(
  api: Api,
  request: ApiRequest,
  schema: Schema,
  answer: ApiAnswer,
): ReadAnswer<z.output<Schema>> {
  if (answer.text.trim() === '') return { kind: 'unreadable', why: 'the answer is empty' };
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch {
    return { kind: 'unreadable', why: `the answer is not JSON but ${answer.header('content-type') ?? 'of no stated type'}` };
  }
  const parsed = parseTolerantly(schema, json);
  if (parsed.kind === 'unreadable')
    return { kind: 'unreadable', why: `the answer makes no sense at ${parsed.problems.slice(0, 5).join(', ')}` };
  if (parsed.dropped.length > 0)
    api.logger.warn(`${describeRequest(request)}: fields that make no sense were left out`, { fields: parsed.dropped.slice(0, 10) });
  return parsed;
}
