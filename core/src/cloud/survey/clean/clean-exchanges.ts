import { type Exchange, isRow, type Row, rowsOf } from '../read/exchange.ts';
import { type FieldRule, ruleOf } from './field-rules.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';

/** Stands where a secret was. */
export const HIDDEN = 'hidden';
/** The fixed title of the shared public network, the same for every account. */
const SHARED_NETWORK_NAME = 'Общая публичная сеть';
/** Texts that say nothing of a customer wherever they stand. */
const openTexts: ReadonlySet<string> = new Set([SHARED_NETWORK_NAME, 'root', 'Administrator']);
/** Headers whose values say something about the API; of the others only the names are kept. */
const openHeaders =
  /^(?:content-type|content-length|transfer-encoding|connection|retry-after|server|x-powered-by|x-aspnet.*|cache-control|.*rate.*|.*limit.*)$/;
const isoDate = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const mask = /^(?:255(?:\.\d{1,3}){3}|0\.0\.0\.0)$/;
/** Shorter names are not looked for in messages: they would be found in every word. */
const SHORTEST_NAME = 3;

/**
 * Takes everything private out of the exchanges: secrets and people are hidden; names, addresses, keys and sums get stand-ins of the same
 * form. Ids, sizes, states, dates and the catalogue stay. `key` makes the stand-ins the same every time; it must be a secret.
 */
export function cleanExchanges(exchanges: readonly Exchange[], key: string): readonly Exchange[] {
  const cleaner: Cleaner = { standIns: createStandIns(key), ownImages: findOwnImages(exchanges), names: new Set() };
  const cleaned = exchanges.map((exchange) => ({
    ...exchange,
    headers: cleanHeaders(exchange.headers),
    ...(exchange.earlier === undefined
      ? {}
      : { earlier: exchange.earlier.map(({ status, headers }) => ({ status, headers: cleanHeaders(headers) })) }),
    body: cleanTop(exchange, cleaner),
  }));
  // Messages come last: by then all names are known that could be quoted in them.
  return cleaned.map((exchange) => ({ ...exchange, body: cleanMessages(exchange.body, cleaner) }));
}

interface Cleaner {
  readonly standIns: StandIns;
  readonly ownImages: ReadonlySet<string>;
  /** Names met so far. */
  readonly names: Set<string>;
}

/** Own images have a data centre, or are not of the provider's type; their names are a customer's words. */
function findOwnImages(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const rows = exchanges.filter(({ path }) => path === '/image').flatMap(({ body }) => rowsOf(body));
  const own = rows.filter((row) => row['Type'] !== 'GoldServer' || (row['DCLocation'] ?? '') !== '');
  return new Set(own.flatMap((row) => [row['Name'], row['DisplayName']]).filter((name) => typeof name === 'string'));
}

function cleanTop({ path, body }: Exchange, cleaner: Cleaner): unknown {
  const { standIns } = cleaner;
  if (path === '/customer/balance') {
    if (typeof body === 'number') return Number(standIns.amount(String(body)));
    if (typeof body === 'string') return standIns.amount(body);
  }
  // The list of data centres is the provider's, the same for everyone.
  if (path.toLowerCase() === '/dclocation') return body;
  return cleanValue(body, 'name', path, cleaner);
}

function cleanValue(value: unknown, rule: FieldRule, path: string, cleaner: Cleaner): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => cleanValue(item, rule, path, cleaner));
  if (isRow(value)) return cleanRow(value, path, cleaner);
  if (typeof value === 'number') return rule === 'amount' || rule === 'person' ? Number(cleaner.standIns.amount(String(value))) : value;
  if (typeof value !== 'string' || value === '') return value;
  return cleanText(value, rule, cleaner);
}

function cleanRow(row: Row, path: string, cleaner: Cleaner): Row {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => {
      // A name of a field that is no identifier may be a customer's word as well.
      const shown = /^[A-Za-z_]\w{0,60}$/.test(field) || field === '' ? field : cleaner.standIns.name(field);
      if (isCatalogueName(field, value, path, cleaner)) return [shown, value];
      const rule = ruleOf(field);
      return [shown, rule === 'message' ? value : cleanValue(value, rule, path, cleaner)];
    }),
  );
}

/** Names of the provider's images, on the image and on the servers made from it. */
function isCatalogueName(field: string, value: unknown, path: string, { ownImages }: Cleaner): boolean {
  if (typeof value !== 'string' || ownImages.has(value)) return false;
  return field === 'Image' || (path === '/image' && (field === 'Name' || field === 'DisplayName'));
}

function cleanText(text: string, rule: FieldRule, { standIns, names }: Cleaner): string {
  switch (rule) {
    case 'hide':
      return HIDDEN;
    case 'email':
      return 'user@example.com';
    case 'person':
      return 'Person';
    case 'key':
      return standIns.publicKey(text);
    case 'amount':
      // A date such as `BalanceTillDateUtc` is no sum.
      return isoDate.test(text) ? text : standIns.amount(text);
    case 'keep':
    case 'message':
      return text;
    case 'name': {
      if (isoDate.test(text) || mask.test(text) || openTexts.has(text)) return text;
      const addressed = standIns.addresses(text);
      if (addressed !== text && !/[\p{L}]{3,}/u.test(text.replace(/[0-9a-f]{1,4}:/gi, ''))) return addressed;
      names.add(text);
      return standIns.name(text);
    }
    default: {
      const unknown: never = rule;
      return unknown;
    }
  }
}

/** Replaces what may be quoted in the API's messages: endpoints, e-mail and IP addresses, names. */
function cleanMessages(value: unknown, cleaner: Cleaner): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => cleanMessages(item, cleaner));
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, item]) => [
      field,
      ruleOf(field) === 'message' ? cleanMessage(item, cleaner) : cleanMessages(item, cleaner),
    ]),
  );
}

function cleanMessage(value: unknown, cleaner: Cleaner): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => cleanMessage(item, cleaner));
  if (isRow(value)) return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, cleanMessage(item, cleaner)]));
  if (typeof value !== 'string') return value;
  const { standIns, names } = cleaner;
  const plain = value.replace(/https?:\/\/[^/\s'")]+/g, 'https://api').replace(/[^\s<>"'@]+@[^\s<>"'@]+/g, 'user@example.com');
  const known = [...names].filter((name) => name.length >= SHORTEST_NAME).sort((a, b) => b.length - a.length);
  return standIns.addresses(known.reduce((text, name) => text.replaceAll(name, standIns.name(name)), plain));
}

function cleanHeaders(headers: Exchange['headers']): Exchange['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, openHeaders.test(name) ? value : HIDDEN]));
}
