import { type Disposable, EventEmitter, type Event, type Memento, type SecretStorage } from 'vscode';
// Small enough to be loaded by an editor that starts.
import * as z from 'zod/mini';

/** A named account. Its token is in the secret storage and nowhere else. */
const account = z.object({ name: z.string().check(z.minLength(1)), endpoint: z.url(), email: z.optional(z.string()) });
export type Account = z.output<typeof account>;

const LIST_KEY = 'ict.accounts';
const CURRENT_KEY = 'ict.currentAccount';
const secretKey = (name: string): string => `ict.token.${name}`;

/** Accounts that somebody has signed in to, and which one is used in this workspace. */
export class Accounts {
  readonly #secrets: SecretStorage;
  readonly #global: Memento;
  readonly #workspace: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;
  /** The token with whom it belongs to: it must never reach the address of another. */
  #loaded: { readonly account: Account | undefined; readonly token: string | undefined } | undefined;

  /** Fires when the account in use, or its token, has changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(secrets: SecretStorage, global: Memento, workspace: Memento) {
    this.#secrets = secrets;
    this.#global = global;
    this.#workspace = workspace;
    // Another window may have signed in or out.
    this.#subscription = secrets.onDidChange(({ key }) => {
      const { current } = this;
      if (current && key === secretKey(current.name)) void this.load();
    });
  }

  /** Reads the token of the account in use. Nothing is known before. */
  async load(): Promise<void> {
    const { current } = this;
    const token = current && (await this.#secrets.get(secretKey(current.name)));
    // The user may have switched meanwhile; whoever did so loads by himself.
    if (!isSame(current, this.current)) return;
    const before = this.#loaded;
    this.#loaded = { account: current, token };
    if (!before || before.token !== token || !isSame(before.account, current)) this.#changed.fire();
  }

  get list(): readonly Account[] {
    return z.array(account).safeParse(this.#global.get(LIST_KEY)).data ?? [];
  }

  /** The workspace's own choice, else the one that was used last. */
  get current(): Account | undefined {
    const { list } = this;
    const name = this.#workspace.get<unknown>(CURRENT_KEY) ?? this.#global.get<unknown>(CURRENT_KEY);
    return list.find((one) => one.name === name);
  }

  /** Variables for the engine's process; none when signed out, so that it looks at its own environment and at `ict login`. */
  get variables(): Readonly<Partial<Record<string, string>>> {
    const { current } = this;
    const token = this.#token;
    return current && token !== undefined ? { ONECLOUD_TOKEN: token, ONECLOUD_ENDPOINT: current.endpoint } : {};
  }

  /** Whom the language server reads for; undefined: it looks at its own environment and at `ict login`. */
  get credentials(): { readonly endpoint: string; readonly token: string } | undefined {
    const { current } = this;
    const token = this.#token;
    return current && token !== undefined ? { endpoint: current.endpoint, token } : undefined;
  }

  /** Whether some process would find a token: ours, or one in the editor's environment. */
  get isSignedIn(): boolean {
    return Object.keys(this.variables).length > 0 || (process.env['ONECLOUD_TOKEN'] ?? process.env['ONECLOUD_TOKEN_FILE']) !== undefined;
  }

  /** Stores a checked token and uses it from now on. */
  async add(next: Account, token: string): Promise<void> {
    // The old token does not go to a new address, nor the new one to the old.
    this.#loaded = undefined;
    await this.#secrets.store(secretKey(next.name), token);
    await this.#global.update(LIST_KEY, [...this.list.filter(({ name }) => name !== next.name), next]);
    await this.use(next.name);
  }

  async use(name: string): Promise<void> {
    await this.#workspace.update(CURRENT_KEY, name);
    await this.#global.update(CURRENT_KEY, name);
    await this.load();
  }

  /** Forgets an account and its token. */
  async remove(name: string): Promise<void> {
    await this.#secrets.delete(secretKey(name));
    await this.#global.update(
      LIST_KEY,
      this.list.filter((one) => one.name !== name),
    );
    await this.load();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
  get #token(): string | undefined {
    return isSame(this.#loaded?.account, this.current) ? this.#loaded?.token : undefined;
  }
}

const isSame = (left: Account | undefined, right: Account | undefined): boolean =>
  left?.name === right?.name && left?.endpoint === right?.endpoint;
