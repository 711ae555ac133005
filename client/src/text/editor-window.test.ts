import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { TreeItem as RealItem } from 'vscode';
import { findHidden, hostileText } from '#test/helpers/hidden-characters.ts';
import { editor, MarkdownString, TreeItem } from '#test/helpers/fake-vscode.ts';
import { showRow } from '../views/show-row.ts';
import { window } from './editor-window.ts';

beforeEach(() => editor.reset());

/** Every text in a value. */
function textsIn(value: unknown): readonly string[] {
  const texts: string[] = [];
  JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one === 'string') texts.push(one);
    return one;
  });
  return texts;
}

test('no message, choice or question has anything hidden in it', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      editor.shown.length = 0;
      await window.showInformationMessage(text, text);
      await window.showWarningMessage(text, { modal: true, detail: text }, text);
      await window.showErrorMessage(text);
      await window.showQuickPick([{ label: text, description: text, detail: text }], { placeHolder: text, title: text });
      await window.showQuickPick(Promise.resolve([text]));
      await window.showInputBox({ prompt: text, title: text, placeHolder: text });
      void window.setStatusBarMessage(text);
      window.createTerminal({ name: text });
      expect(editor.shown).toHaveLength(8);
      for (const shown of textsIn(await Promise.all(editor.shown.map(({ given }) => Promise.all(given)))))
        expect(findHidden(shown, { lines: true })).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('what is typed, chosen or edited is not changed', async () => {
  const [row] = [{ label: 'a\u202e', id: 'a\u202e' }];
  await window.showQuickPick([row]);
  await window.showInputBox({ value: 'a\u202e' });
  expect(editor.shown.map(({ given }) => given[0])).toEqual([[{ label: String.raw`a\u202e`, id: 'a\u202e' }], { value: 'a\u202e' }]);
});

test('rows of trees have nothing hidden in them', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      for (const tooltip of [text, new MarkdownString(text)]) {
        const item = Object.assign(new TreeItem(text), { description: text, tooltip, accessibilityInformation: { label: text } });
        const texts = textsIn(showRow(item as unknown as RealItem));
        expect(texts).toHaveLength(4);
        for (const shown of texts) expect(findHidden(shown, { lines: true })).toBeUndefined();
      }
    }),
    { numRuns: 500 },
  );
});
