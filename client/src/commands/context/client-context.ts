import type { LogOutputChannel, Memento, Uri } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import type { Accounts } from '../../auth/accounts.ts';
import type { Cli } from '../../operations/cli.ts';
import type { Operations } from '../../operations/operations.ts';
import type { VirtualDocuments } from '../../output/virtual-documents.ts';
import type { ProjectFeed } from '../../project/project-feed.ts';
import type { Dashboards } from '../../views/dashboard/dashboards.ts';
import type { OperationsView } from '../../views/operations/operations-view.ts';
import type { PlanView } from '../../views/plan/plan-view.ts';
import type { ServersView } from '../../views/servers/servers-view.ts';

/** What commands work with; wired once, in `extension.ts`. */
export interface ClientContext {
  readonly render: RenderText;
  readonly cli: Cli;
  readonly accounts: Accounts;
  readonly operations: Operations;
  readonly feed: ProjectFeed;
  readonly servers: ServersView;
  readonly dashboards: Dashboards;
  readonly plan: PlanView;
  readonly operationsView: OperationsView;
  readonly virtualDocuments: VirtualDocuments;
  readonly log: LogOutputChannel;
  /** Remembers choices of this workspace. */
  readonly memory: Memento;
  /** Folder of this workspace for files of ours. */
  readonly storage: Uri;
  /** Shows the words of Ansible. */
  showAnsible(): void;
}
