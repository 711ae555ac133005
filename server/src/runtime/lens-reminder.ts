import type { Timers } from '../ports/timers.ts';

/** How long an editor may take to show the lenses of a document it has opened, milliseconds; a reminder may get lost as well. */
const PATIENCE_MS: readonly number[] = [2000, 4000, 8000];

/**
 * Reminds an editor that has opened a document, but does not show its lenses, that there are some. VS Code calls its question
 * off when the focus leaves the text in the moment before, as in a window that is loaded anew with another view in front; it then
 * shows blank rows where the lenses were, and asks again only when somebody clicks into the text.
 */
export class LensReminder {
  readonly #timers: Timers;
  readonly #remind: (() => void) | undefined;
  readonly #waiting = new Map<string, () => void>();

  /** Without `remind`, in an editor that cannot be reminded, it does nothing. */
  constructor(timers: Timers, remind: (() => void) | undefined) {
    this.#timers = timers;
    this.#remind = remind;
  }

  opened(uri: string): void {
    this.forget(uri);
    this.#wait(uri, 0);
  }

  /** The lenses are shown, there are none, or the document is closed: nobody has to be reminded. */
  forget(uri: string): void {
    this.#waiting.get(uri)?.();
    this.#waiting.delete(uri);
  }

  dispose(): void {
    for (const uri of this.#waiting.keys()) this.forget(uri);
  }

  #wait(uri: string, count: number): void {
    const remind = this.#remind;
    const patience = PATIENCE_MS[count];
    if (!remind || patience === undefined) return;
    const callOff = this.#timers.after(patience, () => {
      this.#waiting.delete(uri);
      remind();
      this.#wait(uri, count + 1);
    });
    this.#waiting.set(uri, callOff);
  }
}
