import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import { showHidden } from '#core/text/show-hidden.ts';
import type { ServerState, ServerView } from '#schemas/events/watch-event.ts';
import type { FieldValue } from '#schemas/plan/plan.ts';
import { t, type Text, tn } from '#schemas/text/text.ts';
import { basename } from 'node:path';
import type { Alarm, MetricsWords } from '../../metrics/describe-metrics.ts';
import { describeServer, type ServerNode, stateTexts } from './server-nodes.ts';

/** Icon and colour of a state; the words beside it say the same to who sees no colours. */
const icons: Readonly<Record<ServerState, readonly [icon: string, colour: string]>> = {
  running: ['vm-running', 'charts.green'],
  stopped: ['vm-outline', 'disabledForeground'],
  creating: ['sync', 'charts.blue'],
  absent: ['circle-outline', 'disabledForeground'],
  blocked: ['lock', 'charts.red'],
  'need-money': ['warning', 'charts.yellow'],
  deleting: ['trash', 'disabledForeground'],
  other: ['question', 'charts.yellow'],
};

/** What is out of the ordinary takes the icon of the state's place. */
const alarmIcons: Readonly<Record<Alarm, readonly [icon: string, colour: string]>> = {
  warning: ['warning', 'list.warningForeground'],
  critical: ['error', 'list.errorForeground'],
  unreachable: ['debug-disconnect', 'list.errorForeground'],
};

/** What a server is doing, as its row tells it. */
export interface RowMetrics {
  readonly words: MetricsWords;
  /** Every figure with its name. */
  readonly table: readonly (readonly [Text, Text])[];
}

/** How a row looks in the editor's tree. `contextValue` decides which commands it has. */
export function toTreeItem(node: ServerNode, render: RenderText, metrics?: RowMetrics): TreeItem {
  switch (node.kind) {
    case 'project': {
      const { view, isStale } = node.project;
      const item = new TreeItem(view?.project ?? basename(node.project.file), TreeItemCollapsibleState.Expanded);
      item.id = node.id;
      item.description = isStale && view ? render(t('as of {0}', formatTime(view.at))) : basename(node.project.file);
      item.iconPath = new ThemeIcon('cloud');
      item.contextValue = 'project';
      item.resourceUri = Uri.file(node.project.file);
      return item;
    }
    case 'group': {
      const item = new TreeItem(render(node.label), TreeItemCollapsibleState.Expanded);
      item.id = node.id;
      item.description = render(tn(node.children.length, '{0} server', '{0} servers'));
      item.contextValue = node.target === undefined ? 'group' : 'group target';
      item.accessibilityInformation = { label: `${render(node.label)}, ${item.description}` };
      return item;
    }
    case 'server': {
      const { server } = node;
      const item = new TreeItem(server.name, TreeItemCollapsibleState.None);
      const [shown, spoken] = [metrics?.words.shown, metrics?.words.spoken].map((words) => describeServer(server, words).map(render));
      item.id = node.id;
      item.description = shown?.join(' · ') ?? '';
      item.iconPath = toIcon(server.state, server.action !== 'no-op' && server.state === 'running', metrics?.words.alarm);
      item.tooltip = describeFully(server, render, metrics?.table ?? []);
      item.contextValue = `server ${server.state}${server.action === 'no-op' ? '' : ' different'}`;
      item.accessibilityInformation = { label: [server.name, render(stateTexts[server.state]), ...(spoken ?? [])].join(', ') };
      return item;
    }
    case 'unmanaged': {
      const { name, state, live } = node.server;
      const item = new TreeItem(name, TreeItemCollapsibleState.None);
      item.id = node.id;
      item.description = [render(stateTexts[state]), live.ip ?? '', `id ${live.id}`].filter((part) => part !== '').join(' · ');
      item.iconPath = new ThemeIcon('vm');
      item.contextValue = 'unmanaged';
      item.accessibilityInformation = { label: `${name}, ${item.description}` };
      return item;
    }
    case 'problem': {
      const item = new TreeItem(render(node.text), TreeItemCollapsibleState.None);
      item.id = node.id;
      item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
      item.tooltip = render(node.text);
      item.contextValue = `problem ${node.code}`;
      if (node.code === 'authentication') item.command = { command: 'ict.signIn', title: render(t('Sign in')) };
      return item;
    }
    default:
      return node satisfies never;
  }
}

function toIcon(state: ServerState, isDifferent: boolean, alarm: Alarm | undefined): ThemeIcon {
  if (alarm) {
    const [icon, colour] = alarmIcons[alarm];
    return new ThemeIcon(icon, new ThemeColor(colour));
  }
  const [icon, colour] = icons[state];
  return new ThemeIcon(icon, new ThemeColor(isDifferent ? 'charts.yellow' : colour));
}

/** Table of everything that is known, with what differs from the file. */
function describeFully(server: ServerView, render: RenderText, metrics: RowMetrics['table']): MarkdownString {
  const { live } = server;
  const rows: [string, string][] = [[render(t('state')), render(stateTexts[server.state])]];
  if (live) {
    rows.push(['id', String(live.id)]);
    if (live.ip !== undefined) rows.push([render(t('address')), live.ip]);
    rows.push([render(t('hardware')), render(describeHardware(live))]);
    if (live.dc !== undefined) rows.push([render(t('data centre')), [live.dc, live.pool].filter(Boolean).join(' · ')]);
    if (live.image !== undefined) rows.push([render(t('image')), live.image]);
  }
  if (server.protect) rows.push([render(t('protected')), render(t('yes'))]);
  for (const { field, actual, desired } of server.fields) rows.push([field, `${show(actual)} → ${show(desired)}`]);
  for (const [name, value] of metrics) rows.push([render(name), render(value)]);
  const text = new MarkdownString(`**${escape(server.address)}**\n\n| | |\n|---|---|\n`);
  for (const [name, value] of rows) text.appendMarkdown(`| ${escape(name)} | ${escape(value)} |\n`);
  return text;
}

const describeHardware = (live: NonNullable<ServerView['live']>) =>
  t('{0}, {1} MB, {2} GB {3}', tn(live.cpu, '{0} core', '{0} cores'), live.ramMb, live.diskGb, live.diskType ?? '');

const show = (value: FieldValue | undefined): string =>
  value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value);
/** One cell of a table in Markdown, whatever is in it. What is hidden is shown first: a line end would begin a row. */
const escape = (text: string): string => showHidden(text).replace(/[\\|`*_{}[\]<>]/g, String.raw`\$&`);

/** A moment in the words of the reader's place. */
export const formatTime = (iso: string): string => new Date(iso).toLocaleString();
