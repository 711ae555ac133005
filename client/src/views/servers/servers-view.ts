import { type Disposable, type Memento, workspace } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { FigureFormat } from '../../charts/format-figures.ts';
import { describeMetrics, tableMetrics } from '../../metrics/describe-metrics.ts';
import type { MetricsChange, MetricsStore } from '../../metrics/metrics-store.ts';
import type { ProjectFeed } from '../../project/project-feed.ts';
import { type Row, RowTree } from '../row-tree.ts';
import { formatTime, type RowMetrics, toTreeItem } from './server-item.ts';
import { buildServerNodes, countDifferences, findNodeAt, type Grouping, type ServerNode } from './server-nodes.ts';

/** Where the rows come from, and what they are told in. */
export interface ServersSources {
  readonly feed: ProjectFeed;
  readonly metrics: MetricsStore;
  readonly render: RenderText;
  readonly format: FigureFormat;
  readonly memory: Memento;
}

/** Setting: whether rows say what their servers are doing. */
const SETTING = 'tree.metrics';
/** Under this name the tree looks at the feed. */
const VIEWER = 'tree';

/**
 * The servers tree and its badge. Its rows come from the feed, which asks the panel only while somebody looks; what a server
 * is doing paints its rows alone.
 */
export class ServersView implements Disposable {
  readonly #tree: RowTree<ServerNode>;
  readonly #sources: ServersSources;
  readonly #disposables: readonly Disposable[];
  #rowsByServer: ReadonlyMap<string, readonly string[]> = new Map();
  #grouping: Grouping;

  constructor(sources: ServersSources, grouping: Grouping) {
    const { feed, metrics, render, memory } = sources;
    this.#sources = sources;
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
            : [{ ...node, children: undefined }, this.#metricsOf(node)?.words],
        ),
      toItem: (node) => toTreeItem(node, render, this.#metricsOf(node)),
    });
    this.#disposables = [
      this.#tree,
      this.#tree.view.onDidChangeVisibility(() => this.#look()),
      feed.onDidChange(() => this.update()),
      metrics.onDidChange((change) => this.#tree.touch(this.#rowsByServer.get(keyOf(change)) ?? [])),
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`ict.${SETTING}`)) return;
        this.#look();
        this.update();
      }),
    ];
    this.update();
    this.#look();
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
    const { render } = this.#sources;
    const { projects } = this.#sources.feed;
    this.#tree.show(buildServerNodes(projects, this.#grouping));
    this.#rowsByServer = indexRows(this.#tree.nodes);
    const value = countDifferences(projects);
    const tooltip = render(tn(value, '{0} difference from the file', '{0} differences from the file'));
    const [only] = projects;
    // Several projects say so in their rows.
    const isOld = projects.length === 1 && only?.isStale === true && only.view !== undefined;
    this.#tree.view.description = isOld ? render(t('as of {0}', formatTime(only.view?.at ?? ''))) : '';
    this.#tree.view.badge = value === 0 ? undefined : { value, tooltip };
  }

  dispose(): void {
    for (const item of this.#disposables) item.dispose();
  }

  /** Tells the feed whether somebody looks, and at what. */
  #look(): void {
    this.#sources.feed.setViewer(VIEWER, this.isVisible ? { withMetrics: isMetricsOn() } : undefined);
  }

  #metricsOf(node: ServerNode): RowMetrics | undefined {
    // One that is off in the panel is not missed.
    if (node.kind !== 'server' || node.server.state !== 'running' || !isMetricsOn()) return undefined;
    const { metrics, format } = this.#sources;
    const known = metrics.of(node.file, node.server.address);
    if (!known) return undefined;
    const nowMs = Date.now();
    const words = describeMetrics(known, format, { ageMs: metrics.ageOf(known), nowMs });
    return words.shown.length > 0 ? { words, table: tableMetrics(known, format, nowMs) } : undefined;
  }
}

const isMetricsOn = (): boolean => workspace.getConfiguration('ict').get(SETTING, true);

const keyOf = ({ file, address }: MetricsChange): string => `${file} ${address}`;

/** Rows of each server: it may stand in several groups. */
function indexRows(nodes: Iterable<ServerNode>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const node of nodes) {
    if (node.kind !== 'server') continue;
    const key = keyOf({ file: node.file, address: node.server.address });
    const rows = found.get(key);
    if (rows) rows.push(node.id);
    else found.set(key, [node.id]);
  }
  return found;
}
