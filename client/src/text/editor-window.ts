import * as vscode from 'vscode';
import { showHidden, showHiddenInLines } from '#core/text/show-hidden.ts';

/**
 * VS Code's `window` with a guard on every way of a text to the user: messages, choices, questions, progress, status bar and output
 * channels get their texts through `showHidden`. It is the only file that takes `window` from `vscode` (`test/architecture.test.ts`), so
 * that a new message cannot go round it. Rows of trees go through `showRow`.
 */
export const window: typeof vscode.window = new Proxy({} as typeof vscode.window, {
  // Asked each time: tests put their own dialogs in place.
  get: (_target, name: keyof typeof vscode.window): unknown => {
    const found: unknown = vscode.window[name];
    const guard = guards[name];
    return guard && typeof found === 'function' ? guard((...given) => Reflect.apply(found, vscode.window, given) as unknown) : found;
  },
  has: (_target, name) => name in vscode.window,
});

type Call = (...given: readonly unknown[]) => unknown;
type Guard = (call: Call) => Call;

const showAll: Guard =
  (call) =>
  (...given) =>
    call(...given.map(showTexts));

/** The first argument are rows, or will be. */
const showPick: Guard =
  (call) =>
  (items, ...rest) =>
    call(isPromise(items) ? items.then(showTexts) : showTexts(items), ...rest.map(showTexts));

const showProgress: Guard = (call) => (options, task) =>
  call(showTexts(options), (progress: vscode.Progress<unknown>, token: unknown) =>
    (task as Call)({ report: (value: unknown) => progress.report(showTexts(value)) }, token),
  );

const guardResult: Guard =
  (call) =>
  (...given) =>
    guardWriter(call(...given) as object);

const guards: Partial<Record<PropertyKey, Guard>> = {
  showInformationMessage: showAll,
  showWarningMessage: showAll,
  showErrorMessage: showAll,
  setStatusBarMessage: showAll,
  showInputBox: showAll,
  createTerminal: showAll,
  createWebviewPanel: showAll,
  showQuickPick: showPick,
  withProgress: showProgress,
  createStatusBarItem: guardResult,
  createOutputChannel: guardResult,
};

/** Fields that people read; what they hold else (an address, a value to be edited, a choice) stays what it is. */
const shownFields = new Set(['label', 'description', 'detail', 'title', 'message', 'prompt', 'placeHolder', 'text', 'tooltip', 'name']);

function showTexts(given: unknown): unknown {
  if (typeof given === 'string') return showHiddenInLines(given);
  if (Array.isArray(given)) return given.map(showTexts);
  if (typeof given !== 'object' || given === null || Object.getPrototypeOf(given) !== Object.prototype) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      shownFields.has(name) && typeof value === 'string' ? showHiddenInLines(value) : value,
    ]),
  );
}

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** A thing of the editor's that is written to by methods and fields: a channel, an item of the status bar. */
function guardWriter(writer: object): object {
  return new Proxy(writer, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? (...given: unknown[]): unknown => Reflect.apply(found, target, given.map(showTexts)) : found;
    },
    set: (target, name, value) =>
      Reflect.set(target, name, typeof value === 'string' && shownFields.has(String(name)) ? showHidden(value) : value),
  });
}
