import { expect, test } from 'vitest';
import { createSession, readEditorSettings } from './session.ts';

const load = (): Promise<Record<string, string>> => Promise.resolve({});
const defaults = { inlayHints: true, codeLens: true, liveValues: true, liveMetrics: false, maxProblems: 500 };

test.each<[string, unknown, object]>([
  ['nothing', undefined, {}],
  ['null', null, {}],
  ['a list', [1], {}],
  ['one setting', { inlayHints: false }, { inlayHints: false }],
  ['a slip in one', { inlayHints: 'yes', liveValues: false }, { liveValues: false }],
  ['a number out of range', { maxProblems: 0 }, {}],
  ['a setting of somebody else', { other: 1, codeLens: false }, { codeLens: false }],
])('settings from %s', (_from, value, expected) => expect(readEditorSettings(value)).toEqual({ ...defaults, ...expected }));

test.each<[string, unknown, object]>([
  ['nothing', undefined, { trusted: true, notifyValues: false, suggestCommand: '', convertCommand: '' }],
  ['a text', 'x', { trusted: true, notifyValues: false, suggestCommand: '', convertCommand: '' }],
  ['no trust', { trusted: false }, { trusted: false, notifyValues: false, suggestCommand: '', convertCommand: '' }],
])('options from %s', async (_from, initializationOptions, expected) => {
  const session = await createSession({ capabilities: {}, rootUri: null, initializationOptions }, load);
  expect(session.options).toEqual(expected);
});

test('the command that opens completions comes from the editor', async () => {
  const initializationOptions = { suggestCommand: 'editor.suggest', convertCommand: 'convert' };
  const session = await createSession({ capabilities: {}, rootUri: null, initializationOptions }, load);
  expect(session.capabilities.editor).toMatchObject(initializationOptions);
});

test.each<[string, Parameters<typeof createSession>[0], string[]]>([
  ['folders', { capabilities: {}, rootUri: 'file:///old', workspaceFolders: [{ uri: 'file:///a', name: 'a' }] }, ['file:///a']],
  ['an editor that knows one root only', { capabilities: {}, rootUri: 'file:///old' }, ['file:///old']],
  ['no folder', { capabilities: {}, rootUri: null, workspaceFolders: null }, []],
])('%s', async (_reason, params, expected) => expect((await createSession(params, load)).folders).toEqual(expected));

test('Russian texts are loaded for those who read them', async () => {
  let loads = 0;
  const count = (): Promise<Record<string, string>> => {
    loads += 1;
    return load();
  };
  await createSession({ capabilities: {}, rootUri: null, locale: 'en-US' }, count);
  expect(loads).toBe(0);
  const { language } = await createSession({ capabilities: {}, rootUri: null, locale: 'ru' }, count);
  expect([language, loads]).toEqual(['ru', 1]);
});
