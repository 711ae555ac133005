import { beforeEach, expect, test } from 'vitest';
import { createMemento, editor, type FakeTree } from '#test/helpers/fake-vscode.ts';
import { TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type Row, RowTree } from './row-tree.ts';

interface Node extends Row {
  readonly text: string;
  readonly children: readonly Node[];
}

const node = (id: string, text: string, children: readonly Node[] = []): Node => ({ id, text, children });

beforeEach(() => editor.reset());

/** A tree with the rows that the editor is told to paint: `all`, or their ids. */
function open(memory = createMemento()): { tree: RowTree<Node>; fake: FakeTree; painted: string[] } {
  const tree = new RowTree<Node>({
    viewId: 'ict.servers',
    memory,
    listChildren: ({ children }) => children,
    fingerprint: ({ text }) => text,
    toItem: ({ text, children }) =>
      new TreeItem(text, children.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None),
  });
  const fake = editor.trees.get('ict.servers');
  if (!fake) throw new Error('there is no tree');
  const painted: string[] = [];
  fake.provider.onDidChangeTreeData?.((row) => painted.push(row === undefined || row === null ? 'all' : (row as Row).id));
  return { tree, fake, painted };
}

const rowsOf = (fake: FakeTree, row?: unknown): readonly Row[] => fake.provider.getChildren(row) as readonly Row[];
const itemOf = (fake: FakeTree, row: unknown): TreeItem => fake.provider.getTreeItem(row) as TreeItem;

test('only the row whose text has changed is painted', () => {
  const { tree, painted } = open();
  tree.show([node('a', 'one', [node('a1', 'x'), node('a2', 'y')]), node('b', 'two')]);
  expect(painted).toEqual(['all']);
  tree.show([node('a', 'one', [node('a1', 'x'), node('a2', 'changed')]), node('b', 'two')]);
  expect(painted).toEqual(['all', 'a2']);
  tree.show([node('a', 'one', [node('a1', 'x'), node('a2', 'changed')]), node('b', 'two')]);
  expect(painted).toEqual(['all', 'a2']);
});

test('rows that come or go paint everything', () => {
  const { tree, painted, fake } = open();
  tree.show([node('a', 'one')]);
  tree.show([node('a', 'one'), node('b', 'two')]);
  expect(painted).toEqual(['all', 'all']);
  expect(rowsOf(fake).map((row) => itemOf(fake, row).label)).toEqual(['one', 'two']);
});

test('a row that is touched is painted alone, and only when its text is another', () => {
  let text = 'x';
  const asked: string[] = [];
  const tree = new RowTree<Node>({
    viewId: 'ict.servers',
    listChildren: ({ children }) => children,
    fingerprint: ({ id }) => {
      asked.push(id);
      return id === 'a' ? text : '';
    },
    toItem: () => new TreeItem(text),
  });
  const painted: unknown[] = [];
  editor.trees.get('ict.servers')?.provider.onDidChangeTreeData?.((row) => painted.push(row));
  tree.show([node('a', ''), node('b', '')]);
  painted.length = asked.length = 0;
  tree.touch(['a', 'gone']);
  expect(painted).toEqual([]);
  text = 'y';
  tree.touch(['a']);
  tree.touch(['a']);
  expect(painted).toEqual([{ id: 'a' }]);
  expect(asked).toEqual(['a', 'a', 'a']);
});

test('a row is the same object, whatever it shows', () => {
  const { tree, fake } = open();
  tree.show([node('a', 'one', [node('a1', 'x')])]);
  const [before] = rowsOf(fake);
  tree.show([node('a', 'other', [node('a1', 'y')])]);
  expect(rowsOf(fake)[0]).toBe(before);
  const [child] = rowsOf(fake, before);
  expect(fake.provider.getParent?.(child)).toBe(before);
  expect(before && tree.resolve(before)?.text).toBe('other');
});

test('a row that is gone is nothing', () => {
  const { tree, fake } = open();
  tree.show([node('a', 'one')]);
  const [row] = rowsOf(fake);
  tree.show([]);
  expect(row && tree.resolve(row)).toBeUndefined();
  expect(itemOf(fake, row).label).toBe('');
});

test('what the user has closed stays closed in the next window', () => {
  const memory = createMemento();
  const first = open(memory);
  first.tree.show([node('a', 'one', [node('a1', 'x')]), node('b', 'two', [node('b1', 'y')])]);
  const [a] = rowsOf(first.fake);
  first.fake.collapsed.fire({ element: a });
  const second = open(memory);
  second.tree.show([node('a', 'one', [node('a1', 'x')]), node('b', 'two', [node('b1', 'y')])]);
  const states = (): readonly unknown[] => rowsOf(second.fake).map((row) => itemOf(second.fake, row).collapsibleState);
  expect(states()).toEqual([TreeItemCollapsibleState.Collapsed, TreeItemCollapsibleState.Expanded]);
  second.fake.expanded.fire({ element: rowsOf(second.fake)[0] });
  expect(states()).toEqual([TreeItemCollapsibleState.Expanded, TreeItemCollapsibleState.Expanded]);
});

test('reveal selects a row that is there and passes over one that is not', async () => {
  const { tree } = open();
  tree.show([node('a', 'one')]);
  await tree.reveal('gone');
  await tree.reveal('a');
  expect(editor.shown).toMatchObject([{ kind: 'reveal', given: [{ id: 'a' }, { select: true, focus: false }] }]);
});
