import { commands, env, extensions, Position, Selection, TextEditorRevealType, Uri } from 'vscode';
import { t, type Text, tn } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import { groupings, type ServerNode } from '../../views/servers/server-nodes.ts';
import { labelAccount } from '../context/account-label.ts';
import { followOperation } from '../operations/follow-operation.ts';
import { selectRows } from '../context/row-selection.ts';
import { window } from '../../text/editor-window.ts';

type ServerRow = Extract<ServerNode, { kind: 'server' }>;
type PowerAction = 'start' | 'stop' | 'reboot';

/** The extension that opens folders of other machines. */
const REMOTE_SSH = 'ms-vscode-remote.remote-ssh';
/** The API tells no address of a single server's page. */
const PANEL = 'https://panel.1cloud.ru/';
/** How long a word in the status bar stays, milliseconds. */
const SHORTLY_MS = 3000;

/** Handlers of what is done to single servers: power, SSH, addresses, places. */
export const serverCommands = {
  'ict.start': (context: ClientContext, row: unknown, rows: unknown) => power(context, 'start', t('Start'), row, rows),
  'ict.stop': (context: ClientContext, row: unknown, rows: unknown) => power(context, 'stop', t('Stop'), row, rows),
  'ict.reboot': (context: ClientContext, row: unknown, rows: unknown) => power(context, 'reboot', t('Reboot'), row, rows),
  /** A terminal in which the engine logs in: it knows the key and checks the host. */
  'ict.ssh': (context: ClientContext, row: unknown) => {
    const [node] = pickServers(context, row, undefined);
    if (!node) return sayNothingChosen(context);
    const { address, name } = node.server;
    const { executable, words, variables } = context.cli.describe(['ssh', address, '--file', node.file]);
    window
      .createTerminal({
        name: `ssh ${name}`,
        shellPath: executable,
        shellArgs: [...words],
        env: { ...variables },
        // The editor stores the environment of terminals that it brings back, and the token is in this one.
        isTransient: true,
      })
      .show();
  },
  /** Hands the server to the Remote-SSH extension, where that is installed. */
  'ict.remoteSsh': async (context: ClientContext, row: unknown) => {
    const [node] = pickServers(context, row, undefined);
    if (!node) return sayNothingChosen(context);
    const { live } = node.server;
    if (live?.ip === undefined) return sayNoAddress(context);
    if (!extensions.getExtension(REMOTE_SSH)) {
      const install = context.render(t('Show extension'));
      const chosen = await window.showInformationMessage(context.render(t('This needs the extension Remote - SSH.')), install);
      if (chosen === install) await commands.executeCommand('extension.open', REMOTE_SSH);
      return;
    }
    const user = live.adminUser ?? 'root';
    const authority = `ssh-remote+${user}@${live.ip}`;
    const home = user === 'root' ? '/root' : `/home/${user}`;
    await commands.executeCommand('vscode.openFolder', Uri.from({ scheme: 'vscode-remote', authority, path: home }), {
      forceNewWindow: true,
    });
  },
  'ict.copyAddress': async (context: ClientContext, row: unknown, rows: unknown) => {
    const addresses = pickServers(context, row, rows).flatMap(({ server }) => server.live?.ip ?? []);
    if (addresses.length === 0) return sayNoAddress(context);
    await env.clipboard.writeText(addresses.join('\n'));
    void window.setStatusBarMessage(context.render(t('Copied: {0}', addresses.join(', '))), SHORTLY_MS);
  },
  'ict.openInPanel': () => env.openExternal(Uri.parse(PANEL)),
  /** The line of the infra file that declares the server. */
  'ict.revealInFile': async (context: ClientContext, row: unknown) => {
    const [node] = pickServers(context, row, undefined);
    const source = node?.server.source;
    if (!source) return sayNothingChosen(context);
    const editor = await window.showTextDocument(Uri.file(source.file));
    const start = new Position(source.start.line, source.start.character);
    editor.selection = new Selection(start, new Position(source.end.line, source.end.character));
    editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  },
  /** Looks at the panel again now. */
  'ict.refresh': (context: ClientContext) => context.feed.refresh(),
  'ict.groupBy': async (context: ClientContext) => {
    const labels = { group: t('by group'), dc: t('by data centre'), state: t('by state') } as const;
    const picked = await window.showQuickPick(groupings.map((grouping) => ({ label: context.render(labels[grouping]), grouping })));
    if (!picked) return;
    await context.memory.update('ict.grouping', picked.grouping);
    context.servers.setGrouping(picked.grouping);
  },
} as const;

/** Asks about what interrupts somebody, then does it, project by project: each has its own lock and its own record. */
async function power(context: ClientContext, action: PowerAction, verb: Text, row: unknown, rows: unknown): Promise<void> {
  const nodes = pickServers(context, row, rows);
  if (nodes.length === 0) return sayNothingChosen(context);
  const { render } = context;
  const byFile = new Map<string, ServerRow[]>();
  for (const node of nodes) byFile.set(node.file, [...(byFile.get(node.file) ?? []), node]);
  const question = questionOf(action, nodes);
  if (question) {
    const accounts = new Set([...byFile.keys()].map((file) => labelAccount(context, file)));
    const detail = render(t('Account: {0}', [...accounts].join(', ')));
    if ((await window.showWarningMessage(render(question), { modal: true, detail }, render(verb))) === undefined) return;
  }
  for (const [file, servers] of byFile) {
    const title = render(t('{0} · {1}', verb, servers.map(({ server }) => server.name).join(', ')));
    const addresses = servers.map(({ server }) => server.address);
    await followOperation(context, title, file, ['power', action, ...addresses, '--file', file, '--yes']);
  }
}

/** Undefined for what interrupts nobody. */
function questionOf(action: PowerAction, nodes: readonly ServerRow[]): Text | undefined {
  const names = nodes.map(({ server }) => server.name).join(', ');
  switch (action) {
    case 'start':
      return undefined;
    case 'stop':
      return tn(nodes.length, 'Stop {0} server: {1}?', 'Stop {0} servers: {1}?', names);
    case 'reboot':
      return tn(nodes.length, 'Reboot {0} server: {1}?', 'Reboot {0} servers: {1}?', names);
    default:
      return action satisfies never;
  }
}

/** Servers of the rows that a command is about: those selected, with groups opened up. */
export function pickServers({ servers }: Pick<ClientContext, 'servers'>, row: unknown, rows: unknown): readonly ServerRow[] {
  const found = selectRows(row, rows).flatMap((one) => servers.resolve(one) ?? []);
  return [...new Map(found.flatMap(listServers).map((node) => [`${node.file} ${node.server.address}`, node])).values()];
}

function listServers(node: ServerNode): readonly ServerRow[] {
  if (node.kind === 'server') return [node];
  return node.kind === 'group' || node.kind === 'project' ? node.children.flatMap(listServers) : [];
}

function sayNothingChosen({ render }: ClientContext): void {
  void window.showInformationMessage(render(t('Choose a server in the Servers view first.')));
}

function sayNoAddress({ render }: ClientContext): void {
  void window.showInformationMessage(render(t('The server has no address yet.')));
}
