import { type Disposable, type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { CREDENTIALS_METHOD, REFRESH_VALUES_METHOD } from '#schemas/protocol/methods.ts';
import type { Accounts } from './auth/accounts.ts';
import { window } from './text/editor-window.ts';

/**
 * The language server as the extension needs it. Its library is loaded and its process started after activation, and nobody
 * waits for them.
 */
export class LanguageServer implements Disposable {
  readonly #context: ExtensionContext;
  readonly #accounts: Accounts;
  readonly #log: LogOutputChannel;
  readonly #subscriptions: readonly Disposable[];
  #client: LanguageClient | undefined;
  /** One thing at a time: a start, a restart, a message about the account. */
  #last: Promise<void> = Promise.resolve();
  #isTold = false;
  #isDisposed = false;

  constructor(context: ExtensionContext, accounts: Accounts, log: LogOutputChannel) {
    this.#context = context;
    this.#accounts = accounts;
    this.#log = log;
    this.#subscriptions = [accounts.onDidChange(() => this.#enqueue(() => this.#tellAccount()))];
  }

  start(): void {
    this.#enqueue(async () => {
      if (this.#isDisposed) return;
      this.#client = await createLanguageClient(this.#context);
      await this.#client.start();
      await this.#tellAccount();
    });
  }

  /** Starts it anew, as after the workspace became trusted. */
  restart(): void {
    this.#enqueue(() => this.#restart());
  }

  /** Sends a notification once it runs; one that does not run has nobody to tell. */
  notify(method: string, params: unknown): void {
    this.#enqueue(async () => {
      if (this.#client?.isRunning()) await this.#client.sendNotification(method, params);
    });
  }

  /** Has it read the account again now: hints tell what differs in the panel. Nothing happens while it does not run. */
  refreshValues(): void {
    this.#enqueue(async () => {
      if (this.#client?.isRunning() && workspace.isTrusted) await this.#client.sendRequest(REFRESH_VALUES_METHOD, {});
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.#client?.dispose().catch(() => undefined);
  }

  async #restart(): Promise<void> {
    this.#isTold = false;
    await this.#client?.restart();
    await this.#tellAccount();
  }

  /** The token stays here while the workspace is not trusted. */
  async #tellAccount(): Promise<void> {
    const { credentials } = this.#accounts;
    if (!this.#client?.isRunning() || !workspace.isTrusted) return;
    if (credentials) {
      this.#isTold = true;
      await this.#client.sendNotification(CREDENTIALS_METHOD, credentials);
    } else if (this.#isTold) await this.#restart();
  }

  #enqueue(work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  }
}

async function createLanguageClient(context: ExtensionContext): Promise<LanguageClient> {
  const { LanguageClient: Client, TransportKind } = await import('vscode-languageclient/node');
  const module = context.asAbsolutePath('dist/server.js');
  const run = { module, transport: TransportKind.ipc };
  return new Client(
    'ict',
    '1cloud ict',
    { run, debug: run },
    {
      // Not what is only looked at: the panel's side of a comparison, an older revision.
      documentSelector: ['file', 'untitled'].map((scheme) => ({ scheme, language: 'ict-infra' })),
      outputChannel: window.createOutputChannel('1cloud: Language Server', { log: true }),
      synchronize: { configurationSection: 'ict' },
      // Asked at each start, so that a restart after trust was granted counts.
      initializationOptions: () => ({
        trusted: workspace.isTrusted,
        suggestCommand: 'editor.action.triggerSuggest',
        convertCommand: 'ict.convert',
      }),
    },
  );
}
