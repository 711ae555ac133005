import type { EditorSettings } from '#schemas/protocol/editor-options.ts';

/** What the server does when something outside of the documents changes. */
export interface ExternalChanges {
  /** The editor tells from now on when files change. */
  isWatching(): void;
  setSettings(settings: EditorSettings): void;
  /** Files have changed, appeared or gone; no path: any may have. */
  filesChanged(paths: readonly string[]): void;
}
