import { type Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Operations } from '../operations/operations.ts';
import type { ProjectFeed } from '../project/project-feed.ts';
import { describeOperation } from '../views/operations/operation-nodes.ts';
import { countDifferences } from '../views/servers/server-nodes.ts';
import { window } from '../text/editor-window.ts';

/** The one item of ours in the status bar: a running operation, else the account and how much differs from the file. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #subscriptions: readonly Disposable[];

  constructor(accounts: Accounts, operations: Operations, feed: ProjectFeed, render: RenderText) {
    this.#item = window.createStatusBarItem('ict.status', StatusBarAlignment.Left);
    this.#item.name = '1cloud';
    const update = (): void => {
      const running = operations.list.find(({ state }) => state.status === 'running');
      const differences = countDifferences(feed.projects);
      const account = accounts.current?.name;
      if (running) {
        this.#item.text = `$(sync~spin) ${running.title} · ${render(describeOperation(running))}`;
        this.#item.command = 'ict.showLastResult';
      } else {
        const drift = differences === 0 ? '' : ` · ${render(tn(differences, '{0} difference', '{0} differences'))}`;
        this.#item.text = `$(cloud) ${account ?? render(accounts.isSignedIn ? t('1cloud') : t('1cloud: sign in'))}${drift}`;
        this.#item.command = accounts.isSignedIn ? 'ict.switchAccount' : 'ict.signIn';
      }
      this.#item.tooltip = render(t('Account of 1cloud that this workspace uses'));
      this.#item.backgroundColor = differences > 0 && !running ? new ThemeColor('statusBarItem.warningBackground') : undefined;
      if (feed.projects.length > 0 || running) this.#item.show();
      else this.#item.hide();
    };
    this.#subscriptions = [this.#item, accounts.onDidChange(update), operations.onDidChange(update), feed.onDidChange(update)];
    update();
  }

  dispose(): void {
    for (const item of this.#subscriptions) item.dispose();
  }
}
