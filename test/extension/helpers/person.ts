import { window } from 'vscode';
import { withPatience } from './patience.ts';

/** A message, a dialog or a field that somebody was shown. */
export interface Shown {
  readonly kind: 'information' | 'warning' | 'error' | 'field';
  readonly text: string;
  /** Of a modal dialog. */
  readonly detail: string;
  readonly buttons: readonly string[];
}

/**
 * Somebody at the window: reads what the extension shows and answers as told. The one thing of these suites that is not
 * real: VS Code shows no dialogs while it runs tests. What is not expected stays unanswered, as by who looks elsewhere.
 */
export interface Person {
  /** Answers what is shown next with such a text, now or later, once: a button's label or the text for a field. */
  answer(text: RegExp, choice: string): void;
  /** The first thing with such a text that was shown since the last `forget`; waits for it. */
  read(text: RegExp): Promise<Shown>;
  /** Everything that was shown since the last `forget`. */
  readonly shown: readonly Shown[];
  forget(): void;
  leave(): void;
}

type Show = (text: string, ...more: readonly unknown[]) => Thenable<string | undefined>;

/** Replaces VS Code's functions that show messages and fields, until `leave`. */
export function sitDown(): Person {
  const shown: Shown[] = [];
  const answers: { readonly text: RegExp; readonly choice: string }[] = [];
  const readers = new Set<() => void>();
  const show = (one: Shown): Thenable<string | undefined> => {
    shown.push(one);
    for (const look of readers) look();
    const at = answers.findIndex(({ text }) => text.test(one.text));
    return Promise.resolve(at < 0 ? undefined : answers.splice(at, 1)[0]?.choice);
  };
  const message =
    (kind: Shown['kind']): Show =>
    (text, ...more) => {
      const options = more.find((one): one is { readonly detail?: string } => typeof one === 'object');
      return show({ kind, text, detail: options?.detail ?? '', buttons: more.filter((one) => typeof one === 'string') });
    };
  const field = (options: { readonly title?: string; readonly prompt?: string } = {}): Thenable<string | undefined> =>
    show({ kind: 'field', text: options.title ?? '', detail: options.prompt ?? '', buttons: [] });
  const names = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'showInputBox'] as const;
  const before = names.map((name) => [name, window[name]] as const);
  Object.assign(window, {
    showInformationMessage: message('information'),
    showWarningMessage: message('warning'),
    showErrorMessage: message('error'),
    showInputBox: field,
  });
  return {
    shown,
    answer: (text, choice) => void answers.push({ text, choice }),
    read: (text) => {
      const reading = new Promise<Shown>((resolve) => {
        const look = (): void => {
          const found = shown.find((one) => text.test(one.text));
          if (!found) return;
          readers.delete(look);
          resolve(found);
        };
        readers.add(look);
        look();
      });
      return withPatience(String(text), reading, () => JSON.stringify(shown));
    },
    forget: () => {
      shown.length = 0;
      answers.length = 0;
    },
    leave: () => void Object.assign(window, Object.fromEntries(before)),
  };
}
