import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import type { ServerState, ServerView } from '#schemas/events/watch-event.ts';
import type { FieldValue } from '#schemas/plan/plan.ts';
import { t, tn } from '#schemas/text/text.ts';
import { basename } from 'node:path';
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

/** How a row looks in the editor's tree. `contextValue` decides which commands it has. */
export function toTreeItem(node: ServerNode, render: RenderText): TreeItem {
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
      const words = describeServer(server).map(render);
      item.id = node.id;
      item.description = words.join(' · ');
      item.iconPath = toIcon(server.state, server.action !== 'no-op' && server.state === 'running');
      item.tooltip = describeFully(server, render);
      item.contextValue = `server ${server.state}${server.action === 'no-op' ? '' : ' different'}`;
      item.accessibilityInformation = { label: [server.name, render(stateTexts[server.state]), ...words].join(', ') };
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

function toIcon(state: ServerState, isDifferent: boolean): ThemeIcon {
  const [icon, colour] = icons[state];
  return new ThemeIcon(icon, new ThemeColor(isDifferent ? 'charts.yellow' : colour));
}

/** Table of everything that is known, with what differs from the file. */
function describeFully(server: ServerView, render: RenderText): MarkdownString {
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
  const text = new MarkdownString(`**${server.address}**\n\n| | |\n|---|---|\n`);
  for (const [name, value] of rows) text.appendMarkdown(`| ${escape(name)} | ${escape(value)} |\n`);
  return text;
}

const describeHardware = (live: NonNullable<ServerView['live']>) =>
  t('{0}, {1} MB, {2} GB {3}', tn(live.cpu, '{0} core', '{0} cores'), live.ramMb, live.diskGb, live.diskType ?? '');

const show = (value: FieldValue | undefined): string =>
  value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value);
const escape = (text: string): string => text.replace(/[\\|`*_{}[\]<>]/g, String.raw`\$&`);

/** A moment in the words of the reader's place. */
export const formatTime = (iso: string): string => new Date(iso).toLocaleString();
