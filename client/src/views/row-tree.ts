import {
  type Disposable,
  EventEmitter,
  type Memento,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
} from 'vscode';
// Small enough to be loaded by an editor that starts.
import * as z from 'zod/mini';
import type { ViewId } from '../generated/ids.ts';
import { window } from '../text/editor-window.ts';
import { showRow } from './show-row.ts';

/** What the editor holds of a row. It knows rows by identity, so there is one object for an id, whatever the row shows today. */
export interface Row {
  readonly id: string;
}

export interface RowTreeOptions<Node extends Row> {
  readonly viewId: ViewId;
  readonly canSelectMany?: boolean;
  /** Keeps which rows the user has closed, for the next window. */
  readonly memory?: Memento;
  listChildren(node: Node): readonly Node[];
  /** What a row shows, without the rows below it: a row whose text stays the same is not painted again. */
  fingerprint(node: Node): string;
  toItem(node: Node): TreeItem;
}

/** A tree of rows with stable ids. Giving it new roots paints only the rows that differ. */
export class RowTree<Node extends Row> implements Disposable {
  readonly view: TreeView<Row>;
  readonly #options: RowTreeOptions<Node>;
  readonly #changed = new EventEmitter<Row | undefined>();
  readonly #rows = new Map<string, Row>();
  readonly #closed: Set<string>;
  readonly #subscriptions: readonly Disposable[];
  #roots: readonly Node[] = [];
  #nodes = new Map<string, Node>();
  #parents = new Map<string, string>();
  #painted = new Map<string, string>();

  constructor(options: RowTreeOptions<Node>) {
    this.#options = options;
    this.#closed = new Set(z.array(z.string()).safeParse(options.memory?.get(closedKey(options.viewId))).data ?? []);
    const provider: TreeDataProvider<Row> = {
      onDidChangeTreeData: this.#changed.event,
      getChildren: (row) => this.#childrenOf(row).map(({ id }) => this.#rowOf(id)),
      getParent: ({ id }) => {
        const parent = this.#parents.get(id);
        return parent === undefined ? undefined : this.#rowOf(parent);
      },
      getTreeItem: ({ id }) => {
        const node = this.#nodes.get(id);
        // Gone between two paints; the next one takes the row away.
        return node ? this.#toItem(node) : new TreeItem('');
      },
    };
    this.view = window.createTreeView(options.viewId, {
      treeDataProvider: provider,
      canSelectMany: options.canSelectMany === true,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.view,
      this.view.onDidCollapseElement(({ element }) => this.#setClosed(element.id, true)),
      this.view.onDidExpandElement(({ element }) => this.#setClosed(element.id, false)),
      this.#changed,
    ];
  }

  /** Every node there is, in no order. */
  get nodes(): Iterable<Node> {
    return this.#nodes.values();
  }

  /** What a row stands for now; undefined when it is gone. */
  resolve(row: Row): Node | undefined {
    return this.#nodes.get(row.id);
  }

  show(roots: readonly Node[]): void {
    const before = this.#outline(this.#roots);
    this.#roots = roots;
    this.#index();
    const prints = new Map([...this.#nodes].map(([id, node]) => [id, this.#options.fingerprint(node)]));
    const painted = this.#painted;
    this.#painted = prints;
    if (this.#outline(roots) !== before) {
      for (const id of this.#rows.keys()) if (!this.#nodes.has(id)) this.#rows.delete(id);
      this.#changed.fire(undefined);
      return;
    }
    for (const [id, print] of prints) if (painted.get(id) !== print) this.#changed.fire(this.#rowOf(id));
  }

  /** Paints single rows, those of them whose text has changed; all others are not looked at. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) {
      const node = this.#nodes.get(id);
      if (!node) continue;
      const print = this.#options.fingerprint(node);
      if (this.#painted.get(id) === print) continue;
      this.#painted.set(id, print);
      this.#changed.fire(this.#rowOf(id));
    }
  }

  /** Selects the row of a node and scrolls to it. */
  async reveal(id: string): Promise<void> {
    if (this.#nodes.has(id)) await this.view.reveal(this.#rowOf(id), { select: true, focus: false });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #toItem(node: Node): TreeItem {
    const item = showRow(this.#options.toItem(node));
    if (item.collapsibleState === TreeItemCollapsibleState.Expanded && this.#closed.has(node.id))
      item.collapsibleState = TreeItemCollapsibleState.Collapsed;
    return item;
  }

  #setClosed(id: string, isClosed: boolean): void {
    const { memory, viewId } = this.#options;
    if (!memory) return;
    if (isClosed) this.#closed.add(id);
    else this.#closed.delete(id);
    // Rows that are gone are forgotten, but not while nothing is known yet.
    const kept = [...this.#closed].filter((one) => this.#nodes.size === 0 || this.#nodes.has(one));
    void memory.update(closedKey(viewId), kept);
  }

  #childrenOf(row: Row | undefined): readonly Node[] {
    if (!row) return this.#roots;
    const node = this.#nodes.get(row.id);
    return node ? this.#options.listChildren(node) : [];
  }

  #rowOf(id: string): Row {
    const row = this.#rows.get(id) ?? { id };
    this.#rows.set(id, row);
    return row;
  }

  #index(): void {
    this.#nodes = new Map();
    this.#parents = new Map();
    const visit = (node: Node, parent: Node | undefined): void => {
      this.#nodes.set(node.id, node);
      if (parent) this.#parents.set(node.id, parent.id);
      for (const child of this.#options.listChildren(node)) visit(child, node);
    };
    for (const root of this.#roots) visit(root, undefined);
  }

  /** Which rows there are and where: when that is the same, single rows are painted. */
  #outline(nodes: readonly Node[]): string {
    return nodes.map((node) => `${node.id}(${this.#outline(this.#options.listChildren(node))})`).join();
  }
}

const closedKey = (viewId: string): string => `${viewId}.closed`;
