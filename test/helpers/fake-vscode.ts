/**
 * A small stand-in for the editor's module, for parts of the extension that can be tested without an editor. It holds what
 * those parts use, answers dialogs by what a test has put in, and records what was shown.
 */
import type * as vscode from 'vscode';

type Listener<T> = (event: T) => unknown;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class Uri {
  readonly scheme: string;
  readonly path: string;

  private constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }

  static file(path: string): Uri {
    return new Uri('file', path);
  }

  static parse(text: string): Uri {
    const { protocol, pathname } = new URL(text);
    return new Uri(protocol.slice(0, -1), decodeURIComponent(pathname));
  }

  static from({ scheme, path }: { readonly scheme: string; readonly path: string }): Uri {
    return new Uri(scheme, path);
  }

  get fsPath(): string {
    return this.path;
  }

  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return new Uri(base.scheme, [base.path, ...parts].join('/'));
  }

  with({ scheme }: { readonly scheme: string }): Uri {
    return new Uri(scheme, this.path);
  }

  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;

export class TreeItem {
  label: string;
  collapsibleState: number;

  constructor(label: string, collapsibleState: number = TreeItemCollapsibleState.None) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class MarkdownString {
  value: string;

  constructor(value = '') {
    this.value = value;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position | number, end: Position | number, endLine = 0, endCharacter = 0) {
    this.start = typeof start === 'number' ? new Position(start, Number(end)) : start;
    this.end = typeof end === 'number' ? new Position(endLine, endCharacter) : end;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Selection extends Range {}
export class RelativePattern {
  readonly pattern: string;

  constructor(_base: unknown, pattern: string) {
    this.pattern = pattern;
  }
}

/** What a part has asked or shown: which dialog, and its arguments. */
export interface ShownDialog {
  readonly kind: string;
  readonly given: readonly unknown[];
}

/** A panel with a page; a test speaks for the page and hides or closes it. */
export interface FakePanel {
  title: string;
  visible: boolean;
  webview: { html: string; options: unknown; cspSource: string };
  /** What the page was told. */
  readonly told: unknown[];
  readonly said: EventEmitter<unknown>;
  readonly viewState: EventEmitter<void>;
  readonly disposed: EventEmitter<void>;
}

/** What a test puts in and reads. */
export const editor = {
  shown: [] as ShownDialog[],
  /** Answers of the dialogs to come, in their order; with none left, the user closes them. */
  answers: [] as unknown[],
  executed: [] as (readonly unknown[])[],
  /** Edits of files, each with its replacements. */
  edits: [] as WorkspaceEdit['replacements'][],
  /** Handlers by the id of their command. */
  handlers: new Map<string, (...given: readonly unknown[]) => unknown>(),
  /** Calls a command as the editor does. */
  run: (id: string, ...given: readonly unknown[]): unknown => editor.handlers.get(id)?.(...given),
  /** Trees by the id of their view. */
  trees: new Map<string, FakeTree>(),
  panels: [] as FakePanel[],
  /** Bring back panels of an earlier window, by the type of their view. */
  serializers: new Map<string, vscode.WebviewPanelSerializer>(),
  reset(): void {
    for (const list of [this.shown, this.answers, this.executed, this.edits, this.panels]) list.length = 0;
    this.handlers.clear();
    this.trees.clear();
    this.serializers.clear();
    workspace.isTrusted = true;
    window.activeTextEditor = undefined;
    window.visibleTextEditors.length = 0;
    workspace.settings.clear();
  },
};

/** A tree view with its provider; a test reads its rows and folds them. */
export interface FakeTree {
  readonly provider: vscode.TreeDataProvider<unknown>;
  readonly collapsed: EventEmitter<{ readonly element: unknown }>;
  readonly expanded: EventEmitter<{ readonly element: unknown }>;
  readonly visibility: EventEmitter<{ readonly visible: boolean }>;
  readonly view: { visible: boolean; badge: unknown; description: string };
}

const ask =
  (kind: string) =>
  (...given: readonly unknown[]): Promise<unknown> => {
    editor.shown.push({ kind, given });
    return Promise.resolve(editor.answers.shift());
  };

const nothing = (): { dispose(): void } => ({ dispose: () => undefined });

const channel = () => ({
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  appendLine: () => undefined,
  show: () => undefined,
  dispose: () => undefined,
});

/** A panel as the editor makes it, shown. */
export function createPanel(title: string): FakePanel {
  const panel: FakePanel = {
    title,
    visible: true,
    webview: { html: '', options: {}, cspSource: 'https://files.example' },
    told: [],
    said: new EventEmitter(),
    viewState: new EventEmitter(),
    disposed: new EventEmitter(),
  };
  Object.assign(panel.webview, {
    asWebviewUri: (uri: Uri) => Uri.parse(`https://files.example${uri.path}`),
    onDidReceiveMessage: panel.said.event,
    postMessage: (message: unknown) => {
      panel.told.push(message);
      return Promise.resolve(true);
    },
  });
  return Object.assign(panel, {
    onDidChangeViewState: panel.viewState.event,
    onDidDispose: panel.disposed.event,
    reveal: () => editor.shown.push({ kind: 'reveal', given: [title] }),
    dispose: () => panel.disposed.fire(),
  });
}

export const window = {
  activeTextEditor: undefined as { readonly document: { readonly uri: Uri; readonly languageId: string } } | undefined,
  showInformationMessage: ask('information'),
  showWarningMessage: ask('warning'),
  showErrorMessage: ask('error'),
  showInputBox: ask('input'),
  showQuickPick: ask('pick'),
  showSaveDialog: ask('save'),
  showTextDocument: ask('document'),
  setStatusBarMessage: ask('status'),
  createOutputChannel: channel,
  createStatusBarItem: () => ({ show: () => undefined, hide: () => undefined, dispose: () => undefined }),
  createTerminal: (options: unknown) => {
    editor.shown.push({ kind: 'terminal', given: [options] });
    return { show: () => undefined };
  },
  createTreeView: (id: string, { treeDataProvider }: { readonly treeDataProvider: vscode.TreeDataProvider<unknown> }) => {
    const tree: FakeTree = {
      provider: treeDataProvider,
      collapsed: new EventEmitter(),
      expanded: new EventEmitter(),
      visibility: new EventEmitter(),
      view: { visible: false, badge: undefined, description: '' },
    };
    editor.trees.set(id, tree);
    return Object.assign(tree.view, {
      onDidCollapseElement: tree.collapsed.event,
      onDidExpandElement: tree.expanded.event,
      onDidChangeVisibility: tree.visibility.event,
      reveal: (...given: readonly unknown[]) => {
        editor.shown.push({ kind: 'reveal', given });
        return Promise.resolve();
      },
      dispose: () => undefined,
    });
  },
  createWebviewPanel: (_type: string, title: string) => {
    const panel = createPanel(title);
    editor.panels.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer: (type: string, serializer: vscode.WebviewPanelSerializer) => {
    editor.serializers.set(type, serializer);
    return nothing();
  },
  withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: nothing }),
  visibleTextEditors: [] as { readonly document: { readonly uri: Uri } }[],
  onDidChangeVisibleTextEditors: nothing,
  onDidChangeActiveTextEditor: nothing,
  onDidChangeTextEditorSelection: nothing,
};

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined,
  textDocuments: [] as readonly unknown[],
  fs: { writeFile: ask('write') },
  findFiles: () => Promise.resolve([]),
  applyEdit: ({ replacements }: WorkspaceEdit): Promise<boolean> => {
    editor.edits.push(replacements);
    return Promise.resolve(true);
  },
  createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidDelete: nothing, onDidChange: nothing, dispose: () => undefined }),
  /** Settings of `ict` that are not at their default. */
  settings: new Map<string, unknown>(),
  getConfiguration: () => ({ get: (name: string, fallback: unknown) => workspace.settings.get(name) ?? fallback }),
  registerTextDocumentContentProvider: nothing,
  onDidCloseTextDocument: nothing,
  onDidOpenTextDocument: nothing,
  onDidChangeConfiguration: nothing,
  onDidChangeWorkspaceFolders: nothing,
  onDidGrantWorkspaceTrust: nothing,
};

export const commands = {
  registerCommand: (id: string, handler: (...given: readonly unknown[]) => unknown): { dispose(): void } => {
    editor.handlers.set(id, handler);
    return nothing();
  },
  executeCommand: (...given: readonly unknown[]): Promise<undefined> => {
    editor.executed.push(given);
    return Promise.resolve(undefined);
  },
};

export const env = { language: 'en', clipboard: { writeText: ask('clipboard') }, openExternal: ask('external') };
export const l10n = { bundle: undefined };
export const extensions = { getExtension: () => undefined };
export const ProgressLocation = { Notification: 15 } as const;
export const StatusBarAlignment = { Left: 1 } as const;
export const ViewColumn = { Active: -1 } as const;
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 } as const;
export class WorkspaceEdit {
  readonly replacements: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.replacements.push({ uri, range, text });
  }
}

/** A memory of the editor's kind. */
export function createMemento(values: Readonly<Record<string, unknown>> = {}): vscode.Memento {
  const stored = new Map(Object.entries(values));
  return {
    keys: () => [...stored.keys()],
    get: (key: string, fallback?: unknown) => stored.get(key) ?? fallback,
    update: (key, value) => {
      if (value === undefined) stored.delete(key);
      else stored.set(key, value);
      return Promise.resolve();
    },
  };
}

/** A secret storage that a test can look into, and that can be made to wait. */
export function createSecrets() {
  const stored = new Map<string, string>();
  const changed = new EventEmitter<{ readonly key: string }>();
  const secrets = {
    stored,
    changed,
    /** What each reading waits for. */
    gate: (_key: string): Promise<void> => Promise.resolve(),
    get: async (key: string) => {
      const value = stored.get(key);
      await secrets.gate(key);
      return value;
    },
    store: (key: string, value: string) => {
      stored.set(key, value);
      changed.fire({ key });
      return Promise.resolve();
    },
    delete: (key: string) => {
      stored.delete(key);
      changed.fire({ key });
      return Promise.resolve();
    },
    keys: () => Promise.resolve([...stored.keys()]),
    onDidChange: changed.event,
  };
  return secrets;
}
