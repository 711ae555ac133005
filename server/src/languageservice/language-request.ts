import type { RenderText } from '#core/text/render-text.ts';
import type { KnownValues } from './values/known-values.ts';

/** What a language feature is given beside the document: the reader, the world around, and what the editor can show. */
export interface LanguageRequest {
  readonly render: RenderText;
  readonly language: 'en' | 'ru';
  readonly values: KnownValues;
  /** Wall clock, milliseconds since 1970: for dates that are shown. */
  readonly now: number;
  /** Monotonic clock, milliseconds: for the age of values. */
  readonly elapsed: number;
  readonly editor: EditorAbilities;
  /** IANA name of the reader's time zone; absent: that of the process. */
  readonly timeZone?: string;
  readonly signal: AbortSignal;
}

/** From the editor's `initialize`; all false is an editor that can do the least. */
export interface EditorAbilities {
  readonly snippets: boolean;
  readonly markdown: boolean;
  /** `WorkspaceEdit.documentChanges` with creating of files. */
  readonly createFiles: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly lineFoldingOnly: boolean;
  /** Command of the editor that opens the list of completions again; absent in editors that have none. */
  readonly suggestCommand?: string;
  /** Command of the editor that converts a file of the earlier ict, whose URI it is given; absent in editors that have none. */
  readonly convertCommand?: string;
}
