/**
 * A sentence for people, as data: the English message is its key in the catalogue `l10n/`, and a surface renders it
 * in the reader's language at the last moment. Deciding code returns texts, so a plan made in a Russian terminal can
 * be read in an English editor.
 */
export interface Text {
  /** English message with `{0}` placeholders. For a plural form, the message for "other". */
  readonly text: string;
  readonly args?: readonly TextArg[];
  /** Present when the wording depends on a number; argument 0 is then the number itself. */
  readonly plural?: { readonly count: number; readonly one: string };
}

/** What may stand in a placeholder. Nested texts are rendered in the same language. */
export type TextArg = string | number | Text;

/** A sentence with `{0}` placeholders. The message must be a literal: the catalogue check collects it from the source. */
export const t = (text: string, ...args: readonly TextArg[]): Text => (args.length === 0 ? { text } : { text, args });

/** A sentence that counts something. `{0}` is the count; further placeholders follow it. Both messages must be literals. */
export const tn = (count: number, one: string, other: string, ...args: readonly TextArg[]): Text => ({
  text: other,
  args: [count, ...args],
  plural: { count, one },
});

/** Words that are the same in every language: names, addresses, values. Never in the catalogue. */
export const verbatim = (value: string): Text => ({ text: '{0}', args: [value] });

/** Lines that are the same in every language, such as what a program wrote: each is an argument, so that only its own ends begin a new one. */
export function verbatimLines(value: string): Text {
  const lines = value.split(/\r?\n/);
  return { text: lines.map((_, at) => `{${at}}`).join('\n'), args: lines };
}

/** Documentation of a schema field: the English description is also its key in the catalogue. */
export const doc = (description: string): { description: string } => ({ description });

/** Several texts in one line. */
export const joinTexts = (texts: readonly Text[], separator = ', '): Text => ({
  text: texts.map((_, index) => `{${index}}`).join(separator),
  args: [...texts],
});
