import type { Disposable, Memento } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { ProjectFeed } from '../../project/project-feed.ts';
import { type Row, RowTree } from '../row-tree.ts';
import { formatTime, toTreeItem } from './server-item.ts';
import { buildServerNodes, countDifferences, findNodeAt, type Grouping, type ServerNode } from './server-nodes.ts';

/** The servers tree and its badge. Its rows come from the feed, which asks the panel only while somebody looks. */
export class ServersView implements Disposable {
  readonly #tree: RowTree<ServerNode>;
  readonly #feed: ProjectFeed;
  readonly #render: RenderText;
  readonly #disposables: readonly Disposable[];
  #grouping: Grouping;

  constructor(feed: ProjectFeed, render: RenderText, memory: Memento, grouping: Grouping) {
    this.#feed = feed;
    this.#render = render;
    this.#grouping = grouping;
    this.#tree = new RowTree<ServerNode>({
      viewId: 'ict.servers',
      canSelectMany: true,
      listChildren: (node) => (node.kind === 'project' || node.kind === 'group' ? node.children : []),
      memory,
      // Of a project its row shows no more than this.
      fingerprint: (node) =>
        JSON.stringify(
          node.kind === 'project'
            ? [node.project.isStale, node.project.view?.project, node.project.isStale && node.project.view?.at]
            : { ...node, children: undefined },
        ),
      toItem: (node) => toTreeItem(node, render),
    });
    this.#disposables = [
      this.#tree,
      this.#tree.view.onDidChangeVisibility(({ visible }) => feed.setVisible(visible)),
      feed.onDidChange(() => this.update()),
    ];
    this.update();
    feed.setVisible(this.#tree.view.visible);
  }

  /** What a row stands for now; undefined when it is gone. */
  resolve(row: Row): ServerNode | undefined {
    return this.#tree.resolve(row);
  }

  /** Whether somebody can see the tree. */
  get isVisible(): boolean {
    return this.#tree.view.visible;
  }

  /** Id of the row of the entry that a line stands in; undefined where no entry is. */
  findAt(file: string, line: number): string | undefined {
    return findNodeAt(this.#tree.nodes, file, line)?.id;
  }

  /** Selects a row and scrolls to it. */
  async revealRow(id: string): Promise<void> {
    await this.#tree.reveal(id);
  }

  setGrouping(grouping: Grouping): void {
    this.#grouping = grouping;
    this.update();
  }

  /** Builds the rows anew; only those that differ are painted. */
  update(): void {
    const { projects } = this.#feed;
    this.#tree.show(buildServerNodes(projects, this.#grouping));
    const value = countDifferences(projects);
    const tooltip = this.#render(tn(value, '{0} difference from the file', '{0} differences from the file'));
    const [only] = projects;
    // Several projects say so in their rows.
    const isOld = projects.length === 1 && only?.isStale === true && only.view !== undefined;
    this.#tree.view.description = isOld ? this.#render(t('as of {0}', formatTime(only.view?.at ?? ''))) : '';
    this.#tree.view.badge = value === 0 ? undefined : { value, tooltip };
  }

  dispose(): void {
    for (const item of this.#disposables) item.dispose();
  }
}
