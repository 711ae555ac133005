import { type Disposable, commands, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import type { Action, Plan, SourceRange } from '#schemas/plan/plan.ts';
import { RowTree } from '../row-tree.ts';
import { actionTexts, buildPlanNodes, formatValue, impactTexts, originTexts, type PlanNode } from './plan-nodes.ts';

/** Icon and colour of an action; the word beside it says the same. */
const icons: Readonly<Record<Action, readonly [icon: string, colour: string]>> = {
  'no-op': ['dash', 'disabledForeground'],
  create: ['add', 'charts.green'],
  recreate: ['add', 'charts.red'],
  adopt: ['arrow-right', 'charts.blue'],
  resume: ['debug-continue', 'charts.blue'],
  update: ['edit', 'charts.yellow'],
  power: ['zap', 'charts.yellow'],
  link: ['link', 'charts.yellow'],
  replace: ['replace', 'charts.red'],
  delete: ['trash', 'charts.red'],
  forget: ['close', 'disabledForeground'],
};

/** The last plan as a tree: resource → field, old and new → who changed it → why. A row leads to its line in the file. */
export class PlanView implements Disposable {
  readonly #tree: RowTree<PlanNode>;
  #plan: Plan | undefined;

  constructor(render: RenderText) {
    this.#tree = new RowTree<PlanNode>({
      viewId: 'ict.plan',
      listChildren: (node) => (node.kind === 'change' ? node.children : []),
      fingerprint: (node) => JSON.stringify({ ...node, children: undefined }),
      toItem: (node) => toItem(node, render),
    });
  }

  /** The plan that is shown. */
  get plan(): Plan | undefined {
    return this.#plan;
  }

  async show(plan: Plan): Promise<void> {
    this.#plan = plan;
    this.#tree.show(buildPlanNodes(plan));
    await commands.executeCommand('setContext', 'ict.hasPlan', true);
  }

  /** Takes the plan of a file away: the panel it was compared with is no more. */
  async outdate(file: string): Promise<void> {
    if (this.#plan?.file.path !== file) return;
    this.#plan = undefined;
    this.#tree.show([]);
    await commands.executeCommand('setContext', 'ict.hasPlan', false);
  }

  /** Brings the view to the front. */
  async focus(): Promise<void> {
    await commands.executeCommand('ict.plan.focus');
  }

  dispose(): void {
    this.#tree.dispose();
  }
}

function toItem(node: PlanNode, render: RenderText): TreeItem {
  switch (node.kind) {
    case 'summary': {
      const item = new TreeItem(render(node.label));
      item.id = node.id;
      item.description = render(node.detail);
      item.iconPath = new ThemeIcon('list-tree');
      return item;
    }
    case 'change': {
      const { address, action, impacts, source } = node.change;
      const item = new TreeItem(address, node.children.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
      const words = [
        render(actionTexts[action]),
        ...impacts.filter((impact) => impact !== 'none').map((impact) => render(impactTexts[impact])),
      ];
      item.id = node.id;
      item.description = words.join(' · ');
      item.iconPath = new ThemeIcon(icons[action][0], new ThemeColor(icons[action][1]));
      item.contextValue = `change ${action}`;
      item.accessibilityInformation = { label: [address, ...words].join(', ') };
      if (source)
        item.command = {
          command: 'vscode.open',
          title: address,
          arguments: [Uri.file(source.file), { selection: toSelection(source), preserveFocus: true }],
        };
      return item;
    }
    case 'field': {
      const { field, actual, desired, origin } = node.field;
      const now = formatValue(field, desired);
      const item = new TreeItem(node.isNew ? `${field}: ${now}` : `${field}: ${formatValue(field, actual)} → ${now}`);
      item.id = node.id;
      if (!node.isNew) item.description = render(originTexts[origin]);
      return item;
    }
    case 'reason': {
      const item = new TreeItem(render(node.text));
      item.id = node.id;
      item.iconPath = new ThemeIcon('info');
      return item;
    }
    case 'notice': {
      const item = new TreeItem(`${node.address === undefined ? '' : `${node.address}: `}${render(node.text)}`);
      item.id = node.id;
      item.iconPath =
        node.level === 'info'
          ? new ThemeIcon('info')
          : new ThemeIcon('warning', new ThemeColor(node.level === 'refusal' ? 'charts.red' : 'charts.yellow'));
      item.tooltip = render(node.text);
      return item;
    }
    default:
      return node satisfies never;
  }
}

const toSelection = ({ start, end }: SourceRange): Range => new Range(start.line, start.character, end.line, end.character);
