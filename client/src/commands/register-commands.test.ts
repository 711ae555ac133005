import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { createTextRenderer } from '#core/text/render-text.ts';
import { editor, workspace } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from './context/client-context.ts';
import { commandIds, trustedCommandIds, viewIds } from '../generated/ids.ts';
import { handlers } from './handlers.ts';
import { registerCommands } from './register-commands.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'));
const texts = z.record(z.string(), z.string());
const manifest = z
  .object({
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string() })),
      menus: z.record(z.string(), z.array(z.object({ command: z.string() }))),
      views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
    }),
  })
  .parse(read('package.json'));
const languages = { en: texts.parse(read('package.nls.json')), ru: texts.parse(read('package.nls.ru.json')) };

beforeEach(() => editor.reset());

test('every command of the manifest has a handler, and every handler is in the manifest', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
  expect(Object.keys(handlers).sort()).toEqual(contributed);
  expect([...commandIds].sort()).toEqual(contributed);
});

test('views are those of the manifest', () => {
  expect(viewIds).toEqual(Object.values(manifest.contributes.views).flatMap((group) => group.map(({ id }) => id)));
});

test('menus name commands that exist', () => {
  const known = new Set<string>(commandIds);
  const named = Object.values(manifest.contributes.menus).flat();
  expect(named.map(({ command }) => command).filter((command) => !known.has(command))).toEqual([]);
});

test.each(['en', 'ru'] as const)('every text of the manifest is there in %s, none is empty and none unused', (language) => {
  const used = new Set([...JSON.stringify(read('package.json')).matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key));
  expect(new Set(Object.keys(languages[language]))).toEqual(used);
  expect(Object.entries(languages[language]).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test.each(['en', 'ru'] as const)('links in texts of %s lead to commands that exist', (language) => {
  const links = Object.values(languages[language]).flatMap((text) =>
    [...text.matchAll(/command:(ict\.[\w.]+)/g)].map(([, id]) => id ?? ''),
  );
  const known: ReadonlySet<string> = new Set([...commandIds, ...viewIds.map((id) => `${id}.focus`)]);
  expect(links.filter((id) => !known.has(id))).toEqual([]);
  expect(links.length).toBeGreaterThan(5);
});

test('in a workspace that is not trusted a command that starts something explains itself', async () => {
  workspace.isTrusted = false;
  const context = { render: createTextRenderer('en', {}), log: { error: () => undefined } } as unknown as ClientContext;
  registerCommands(context);
  for (const id of trustedCommandIds) await editor.run(id);
  expect(editor.shown.map(({ kind }) => kind)).toEqual(trustedCommandIds.map(() => 'warning'));
  expect(editor.shown[0]?.given[0]).toMatch(/not trusted/);
});

test('what goes wrong in a command is said', async () => {
  // Nothing a command needs is there.
  registerCommands({ log: { error: () => undefined } } as unknown as ClientContext);
  await editor.run('ict.cancelOperation');
  expect(editor.shown).toMatchObject([{ kind: 'error' }]);
});
