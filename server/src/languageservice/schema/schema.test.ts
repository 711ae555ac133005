import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isMapping } from '#core/infra/validate/schema-kind.ts';
import { createRequest } from '../testing/sample-request.ts';
import { listPatterns } from '../testing/list-patterns.ts';
import { scanLines } from '../cursor/scan-block.ts';
import { describeCron } from './describe-cron.ts';
import { exampleAt } from './examples.ts';
import { choicesOf, expectedAt } from './expected.ts';
import { toPattern, valueKindAt } from './value-kind.ts';

const toPath = (pattern: string) => pattern.split('.').map((segment) => (segment === '#' ? 0 : segment === '*' ? 'name' : segment));
const patterns = listPatterns();

test.each(patterns)('%s leads somewhere, and back to its pattern', (pattern) => {
  const path = toPath(pattern);
  expect(toPattern(path)).toBe(pattern);
  expect(expectedAt(path, undefined)).toBeDefined();
});

test.each(patterns.filter((pattern) => !pattern.endsWith('#') && !pattern.endsWith('.*')))('%s is explained', (pattern) => {
  const { description, scalars } = expectedAt(toPath(pattern), undefined) ?? { scalars: [] };
  // The words of a union of types are explained one by one.
  expect(description?.text ?? scalars.length).toBeTruthy();
});

test('examples are YAML with the key they are for', () => {
  for (const pattern of patterns) {
    const example = exampleAt(toPath(pattern));
    if (example === undefined) continue;
    const value: unknown = parse(example);
    const key = pattern.split('.').at(-1);
    expect(isMapping(value) && (key === '*' || key === undefined || Object.hasOwn(value, key))).toBe(true);
  }
});

test('kinds are known for the places people ask about', () => {
  expect(patterns.filter((pattern) => valueKindAt(toPath(pattern)) !== undefined).length).toBeGreaterThan(50);
});

describe('alternatives', () => {
  const fieldsAt = (text: string, path: readonly string[]): readonly string[] =>
    expectedAt(path, scanLines(text, { section: '', indent: 0 }).root)?.fields.map(({ name }) => name) ?? [];

  test.each([
    ['of a chosen type', 'notify:\n  a: { type: webhook }\n', ['type', 'url', 'token_env']],
    [
      'of a type that does not exist',
      'notify:\n  a: { type: fax }\n',
      ['type', 'chat', 'token_env', 'base_url', 'proxy', 'url', 'to', 'from', 'server', 'user', 'password_env'],
    ],
  ])('%s', (_name, text, expected) => expect(fieldsAt(text, ['notify', 'a'])).toEqual(expected));

  test('words are those of all alternatives', () => {
    const type = expectedAt(['notify', 'a', 'type'], undefined);
    expect(choicesOf(type?.scalars ?? []).map(({ value }) => value)).toEqual(['telegram', 'webhook', 'email', 'editor']);
  });
});

test.each([
  ['* * * * *', 'every minute', 'каждую минуту'],
  ['*/15 * * * *', 'every 15 minutes', 'каждые 15 минут'],
  ['5 * * * *', 'every hour at minute 5', 'каждый час в 5 мин'],
  ['0 3 * * *', 'every day at 03:00', 'каждый день в 03:00'],
  ['0 20 * * 1-5', 'Mon to Fri at 20:00', 'пн–пт в 20:00'],
  ['30 4 * * 7', 'every week at 04:30: Sun', 'каждую неделю в 04:30: вс'],
  ['0 5 1 * *', 'on day 1 of every month at 05:00', 'каждый месяц 1 числа в 05:00'],
  ['0 5 1 * 1', undefined, undefined],
  ['61 5 * * *', undefined, undefined],
])('%s in words', (cron, english, russian) => {
  const [en, ru] = [createRequest(), createRequest({ language: 'ru' })].map((request) => {
    const words = describeCron(cron, request);
    return words && request.render(words);
  });
  expect([en, ru]).toEqual([english, russian]);
});
