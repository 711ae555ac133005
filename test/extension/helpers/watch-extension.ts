import { commands, type TreeDataProvider, type TreeItem, window } from 'vscode';
import { withPatience } from './patience.ts';

/** A row as the extension hands it to VS Code. */
export interface SeenRow {
  readonly label: string;
  readonly description: string;
  /** Decides which commands the row has. */
  readonly context: string;
  /** What VS Code gives to the row's commands. */
  readonly element: unknown;
  readonly children: readonly SeenRow[];
}

/** What the extension has told VS Code, where VS Code's API gives nothing back. */
interface Told {
  readonly trees: Map<string, TreeDataProvider<unknown>>;
  readonly contexts: Map<string, unknown>;
}

// Each suite is a bundle of its own, and all of them look at the same window.
const KEY = Symbol.for('ict.test.told');
const shared = globalThis as { [KEY]?: Told };

/**
 * Listens in on what the extension hands to VS Code: its trees and context keys, which VS Code's API does not give back.
 * Changes nothing of it. Before the extension wakes.
 */
export function watchExtension(): void {
  const told: Told = { trees: new Map(), contexts: new Map() };
  shared[KEY] = told;
  const { createTreeView } = window;
  const { executeCommand } = commands;
  Object.assign(window, {
    createTreeView: (id: string, options: { readonly treeDataProvider: TreeDataProvider<unknown> }) => {
      told.trees.set(id, options.treeDataProvider);
      return createTreeView(id, options);
    },
  });
  Object.assign(commands, {
    executeCommand: (command: string, ...words: readonly unknown[]) => {
      if (command === 'setContext') told.contexts.set(String(words[0]), words[1]);
      return executeCommand(command, ...words);
    },
  });
}

/** The value the extension has given a context key. */
export const contextKey = (name: string): unknown => shared[KEY]?.contexts.get(name);

/** All rows of a view, asked as VS Code asks for them. */
export async function readRows(view: string): Promise<readonly SeenRow[]> {
  const provider = providerOf(view);
  const read = async (element?: unknown): Promise<readonly SeenRow[]> => {
    const children = (await provider.getChildren(element)) ?? [];
    return Promise.all(
      children.map(async (child) => {
        const { label, description, contextValue }: TreeItem = await provider.getTreeItem(child);
        return {
          label: typeof label === 'string' ? label : (label?.label ?? ''),
          description: typeof description === 'string' ? description : '',
          context: contextValue ?? '',
          element: child,
          children: await read(child),
        };
      }),
    );
  };
  return read();
}

/** Rows of a view with all rows below them, in the order they are drawn. */
export const flatten = (rows: readonly SeenRow[]): readonly SeenRow[] => rows.flatMap((row) => [row, ...flatten(row.children)]);

/** Waits until the rows of a view are as they must be, and gives them, each with those below it. */
export function rowsWhen(view: string, areRight: (rows: readonly SeenRow[]) => boolean): Promise<readonly SeenRow[]> {
  let seen: readonly SeenRow[] = [];
  const waiting = new Promise<readonly SeenRow[]>((resolve, reject) => {
    const look = (): void => {
      readRows(view).then((roots) => {
        const rows = flatten(roots);
        seen = rows;
        if (!areRight(rows)) return;
        listening?.dispose();
        resolve(rows);
      }, reject);
    };
    const listening = providerOf(view).onDidChangeTreeData?.(look);
    look();
  });
  return withPatience(`rows of ${view}`, waiting, () =>
    JSON.stringify(seen.map(({ label, description, context }) => [label, description, context])),
  );
}

/** The row of a label; throws when there is none. */
export function rowOf(rows: readonly SeenRow[], label: string): SeenRow {
  const found = rows.find((row) => row.label === label);
  if (!found) throw new Error(`no row ${label} in ${rows.map((row) => row.label).join(', ')}`);
  return found;
}

function providerOf(view: string): TreeDataProvider<unknown> {
  const found = shared[KEY]?.trees.get(view);
  if (!found) throw new Error(`the extension has made no view ${view}`);
  return found;
}
