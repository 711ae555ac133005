import { type Disposable, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, Range } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import type { HostResult, OperationStatus } from '../../operations/operation-state.ts';
import type { Operation, Operations } from '../../operations/operations.ts';
import { type Row, RowTree } from '../row-tree.ts';
import { buildOperationNodes, describeOperation, hostTexts, judgeTask, listFailedHosts, type OperationNode } from './operation-nodes.ts';

type Look = readonly [icon: string, colour?: string];

const operationIcons: Readonly<Record<OperationStatus, Look>> = {
  running: ['sync~spin'],
  done: ['pass', 'charts.green'],
  failed: ['error', 'charts.red'],
  cancelled: ['circle-slash'],
  lost: ['question', 'charts.yellow'],
};

const hostIcons: Readonly<Record<HostResult['status'], Look>> = {
  running: ['sync~spin'],
  ok: ['check', 'charts.green'],
  changed: ['edit', 'charts.yellow'],
  skipped: ['debug-step-over', 'disabledForeground'],
  failed: ['error', 'charts.red'],
  ignored: ['warning', 'charts.yellow'],
  unreachable: ['debug-disconnect', 'charts.red'],
  retry: ['sync', 'charts.yellow'],
  interrupted: ['circle-slash'],
};

/** Operations with their steps, and for a deploy its playbooks, tasks and hosts, while they run and afterwards. */
export class OperationsView implements Disposable {
  readonly #tree: RowTree<OperationNode>;
  readonly #operations: Operations;
  readonly #subscriptions: readonly Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(operations: Operations, render: RenderText) {
    this.#operations = operations;
    this.#tree = new RowTree<OperationNode>({
      viewId: 'ict.operations',
      listChildren: (node) => ('children' in node ? node.children : []),
      fingerprint: (node) => fingerprint(node, render),
      toItem: (node) => toItem(node, render),
    });
    this.#subscriptions = [
      this.#tree,
      operations.onDidChange(() => this.#ask()),
      this.#tree.view.onDidChangeVisibility(() => this.#update()),
    ];
  }

  /** The operation that a row belongs to. */
  resolve(row: Row): Operation | undefined {
    const node = this.#tree.resolve(row);
    return node?.kind === 'operation' ? node.operation : undefined;
  }

  /** Selects an operation. */
  async reveal(id: string): Promise<void> {
    this.#update();
    await this.#tree.reveal(id);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** A deploy to many hosts tells hundreds of events a second; the eye needs ten. */
  #ask(): void {
    if (this.#timer !== undefined || !this.#tree.view.visible) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#update();
    }, PAINT_MS);
  }

  #update(): void {
    this.#tree.show(buildOperationNodes(this.#operations.list));
  }
}

/** Pause between two paintings, milliseconds. */
const PAINT_MS = 100;

/** What a row shows: a task is painted again when its worst result or its count changes, not with each event below it. */
function fingerprint(node: OperationNode, render: RenderText): string {
  switch (node.kind) {
    case 'operation':
      return `${node.operation.state.status} ${render(describeOperation(node.operation))} ${listFailedHosts(node.operation).length}`;
    case 'step':
      return `${node.step.status} ${node.step.progress ?? ''} ${node.step.elapsedMs ?? ''}`;
    case 'run':
      return node.run.verdict ?? '';
    case 'task':
      return `${judgeTask(node.task)} ${node.task.hosts.size}`;
    case 'host':
      return node.result.status;
    case 'message':
      return node.id;
    default:
      return node satisfies never;
  }
}

function toItem(node: OperationNode, render: RenderText): TreeItem {
  switch (node.kind) {
    case 'operation': {
      const { operation } = node;
      const { status } = operation.state;
      const item = make(node, operation.title, render(describeOperation(operation)), operationIcons[status]);
      item.collapsibleState =
        status === 'running' || status === 'failed' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
      item.contextValue = `operation ${status}${operation.state.runs.length > 0 && listFailedHosts(operation).length > 0 ? ' failedHosts' : ''}`;
      return item;
    }
    case 'step': {
      const { address, text, status, progress, elapsedMs } = node.step;
      const words = [
        render(text),
        status === 'running' ? (progress ?? '') : '',
        elapsedMs === undefined ? '' : `${Math.round(elapsedMs / 1000)} s`,
      ];
      const look = { running: 'running', succeeded: 'ok', failed: 'failed', skipped: 'skipped', interrupted: 'interrupted' } as const;
      return make(node, address, words.filter((word) => word !== '').join(' · '), hostIcons[look[status]]);
    }
    case 'run': {
      const { verdict, playbook, hosts } = node.run;
      const look: Look = verdict === undefined ? ['sync~spin'] : verdict === 'done' ? ['pass', 'charts.green'] : ['error', 'charts.red'];
      const item = make(node, playbook, hosts.join(', '), look);
      item.collapsibleState = verdict === 'done' ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
      return item;
    }
    case 'task': {
      const { task, hosts } = node.task;
      const status = judgeTask(node.task);
      const item = make(node, task.name, `${render(hostTexts[status])} · ${hosts.size}`, hostIcons[status]);
      item.collapsibleState =
        status === 'failed' || status === 'unreachable' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
      openAt(item, task.path, task.line);
      return item;
    }
    case 'host': {
      const { host, status, elapsedMs, message } = node.result;
      const words = [
        render(hostTexts[status]),
        elapsedMs === undefined ? '' : `${(elapsedMs / 1000).toFixed(1)} s`,
        message?.split('\n')[0] ?? '',
      ];
      const item = make(node, host, words.filter((word) => word !== '').join(' · '), hostIcons[status]);
      if (message !== undefined) item.tooltip = message;
      openAt(item, node.task.task.path, node.task.task.line);
      return item;
    }
    case 'message':
      return make(
        node,
        render(node.text),
        '',
        node.level === 'info' ? ['info'] : ['warning', node.level === 'error' ? 'charts.red' : 'charts.yellow'],
      );
    default:
      return node satisfies never;
  }
}

function make(node: OperationNode, label: string, description: string, [icon, colour]: Look): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = description;
  item.iconPath = new ThemeIcon(icon, colour === undefined ? undefined : new ThemeColor(colour));
  item.accessibilityInformation = { label: `${label}, ${description}` };
  return item;
}

/** A click leads to the YAML of the task. */
function openAt(item: TreeItem, path: string | undefined, line: number | undefined): void {
  if (path === undefined) return;
  const at = Math.max(0, (line ?? 1) - 1);
  item.command = {
    command: 'vscode.open',
    title: path,
    arguments: [Uri.file(path), { selection: new Range(at, 0, at, 0), preserveFocus: true }],
  };
}
