import * as z from 'zod';

/** A setting with a value to fall back to: a slip in one setting does not take the others with it. */
const setting = <Schema extends z.ZodType>(schema: Schema, fallback: z.output<Schema>) =>
  z
    .unknown()
    .transform((value): z.output<Schema> => {
      const result = schema.safeParse(value);
      return result.success ? result.data : fallback;
    })
    .optional()
    .transform((value): z.output<Schema> => (value === undefined ? fallback : value));

/** `initializationOptions` of the language server; an editor may leave them out. */
export const initOptions = z.object({
  /** Whether the user trusts the workspace. Without trust nothing is read from the network. */
  trusted: setting(z.boolean(), true),
  /** Whether the client understands `ict/valuesChanged`. */
  notifyValues: setting(z.boolean(), false),
  /** Command of the editor that opens the list of completions: after a key was taken, its values are offered at once. Empty: none. */
  suggestCommand: setting(z.string(), ''),
  /** Command of the editor that converts a file of the earlier ict, whose URI it is given. Empty: none. */
  convertCommand: setting(z.string(), ''),
});
export type InitOptions = z.output<typeof initOptions>;

/** The settings section `ict`, as far as the language server reads it. */
export const editorSettings = z.object({
  /** Show inherited values, names made by `count`, and prices within the text. */
  inlayHints: setting(z.boolean(), true),
  /** Show Plan, Apply and Deploy above entries. */
  codeLens: setting(z.boolean(), true),
  /** Read from the account what exists and what is offered. */
  liveValues: setting(z.boolean(), true),
  /** Show what servers are doing behind their names, as far as the client tells. Text that changes by itself is for those who ask. */
  liveMetrics: setting(z.boolean(), false),
  /** Most problems shown for one file. */
  maxProblems: setting(z.int().min(1).max(10_000), 500),
});
export type EditorSettings = z.output<typeof editorSettings>;
