import { commands, type ExtensionContext, workspace } from 'vscode';
import { Accounts } from './auth/accounts.ts';
import type { ClientContext } from './commands/context/client-context.ts';
import { registerCommands } from './commands/register-commands.ts';
import { LanguageServer } from './language-client.ts';
import { createCli } from './operations/cli.ts';
import { openOperationFolder } from './operations/operation-folder.ts';
import { Operations } from './operations/operations.ts';
import { AnsibleChannel } from './output/ansible-channel.ts';
import { logEvent } from './output/operation-log.ts';
import { createFigureFormat } from './charts/format-figures.ts';
import { MetricsStore } from './metrics/metrics-store.ts';
import { forwardMetricsToServer } from './project/forward-metrics-to-server.ts';
import { VirtualDocuments } from './output/virtual-documents.ts';
import { watchInfraFiles } from './project/find-infra-files.ts';
import { ProjectFeed } from './project/project-feed.ts';
import { StatusBar } from './status/status-bar.ts';
import { createClientRenderer, language } from './text/client-text.ts';
import { Dashboards } from './views/dashboard/dashboards.ts';
import { OperationsView } from './views/operations/operations-view.ts';
import { PlanView } from './views/plan/plan-view.ts';
import { followCursor } from './views/servers/follow-cursor.ts';
import { groupings } from './views/servers/server-nodes.ts';
import { ServersView } from './views/servers/servers-view.ts';
import { window } from './text/editor-window.ts';

/** Registers everything. Starts no process and asks no network: both wait for somebody who looks or acts. */
export function activate(context: ExtensionContext): void {
  const memory = context.workspaceState;
  const render = createClientRenderer();
  const log = window.createOutputChannel('1cloud', { log: true });
  const storage = context.storageUri ?? context.globalStorageUri;
  const accounts = new Accounts(context.secrets, context.globalState, memory);
  const cli = createCli(context.asAbsolutePath('dist/cli.js'), language(), () => ({ variables: accounts.variables }));
  const ansible = new AnsibleChannel(render);
  const operations = new Operations(cli, openOperationFolder(`${storage.fsPath}/operations`), (operation, event) => {
    ansible.take(operation, event);
    logEvent(log, render, operation, event);
  });
  const metrics = new MetricsStore();
  const format = createFigureFormat(language());
  const feed = new ProjectFeed(cli, memory, metrics);
  const servers = new ServersView(
    { feed, metrics, render, format, memory },
    groupings.find((one) => one === memory.get('ict.grouping')) ?? 'group',
  );
  const onError = (error: unknown): void => log.error(String(error));
  const dashboards = new Dashboards({ cli, feed, metrics, render, format, onError }, context.extensionUri);
  const plan = new PlanView(render);
  const operationsView = new OperationsView(operations, render);
  const virtualDocuments = new VirtualDocuments();
  const server = new LanguageServer(context, accounts, log);
  const client: ClientContext = {
    render,
    cli,
    accounts,
    operations,
    feed,
    servers,
    dashboards,
    plan,
    operationsView,
    virtualDocuments,
    log,
    memory,
    storage,
    showAnsible: () => ansible.show(),
  };
  context.subscriptions.push(
    log,
    accounts,
    ansible,
    operations,
    feed,
    metrics,
    servers,
    dashboards,
    plan,
    operationsView,
    virtualDocuments,
    server,
    new StatusBar(accounts, operations, feed, render),
    followCursor(servers),
    forwardMetricsToServer({ feed, metrics, send: (method, params) => server.notify(method, params) }),
    ...registerCommands(client),
    ...connect(client, server),
  );
  server.start();
  const startWork = (): void => void startWorking(context, client).catch(onError);
  if (workspace.isTrusted) startWork();
  else
    context.subscriptions.push(
      workspace.onDidGrantWorkspaceTrust(() => {
        startWork();
        server.restart();
      }),
    );
}

/** What one part has to know of another. */
function connect({ accounts, feed, operations, plan }: ClientContext, server: LanguageServer) {
  let seen = '';
  const running = new Set<string>();
  const tellSignedIn = (): void => void commands.executeCommand('setContext', 'ict.signedIn', accounts.isSignedIn || feed.isReading);
  return [
    accounts.onDidChange(() => feed.refresh({ restart: true })),
    accounts.onDidChange(tellSignedIn),
    feed.onDidChange(tellSignedIn),
    // The file's hints tell of the panel as the tree does, and not a minute later.
    feed.onDidChange(() => {
      const now = JSON.stringify(feed.projects.map(({ view, isStale }) => (isStale ? undefined : view?.servers)));
      if (now === seen) return;
      seen = now;
      if (feed.isReading) server.refreshValues();
    }),
    // Whoever started it, also an earlier window: afterwards the panel is another.
    operations.onDidChange(({ id, state }) => {
      if (state.status === 'running') running.add(id);
      else if (running.delete(id)) {
        if (state.steps.size > 0) void plan.outdate(state.file);
        feed.refresh();
        server.refreshValues();
      }
    }),
  ];
}

/** What may start processes; in a workspace nobody trusts it waits. The account comes first: whatever starts needs it. */
async function startWorking(context: ExtensionContext, client: ClientContext): Promise<void> {
  const { accounts, feed, operations, log } = client;
  const onError = (error: unknown): void => log.error(String(error));
  await accounts.load();
  context.subscriptions.push(
    watchInfraFiles({
      onFiles: (files) => {
        feed.setFiles(files).catch(onError);
        void commands.executeCommand('setContext', 'ict.hasFiles', files.length > 0);
      },
      onSaved: () => feed.refresh(),
      onError,
    }),
  );
  await operations.restore();
  if (operations.list.some(({ state }) => state.status === 'running')) {
    const { followEarlier } = await import('./commands/operations/follow-operation.ts');
    followEarlier(client);
  }
}
