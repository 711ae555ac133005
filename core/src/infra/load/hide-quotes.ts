import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t, type Text, type TextArg } from '#schemas/text/text.ts';

/** What may be quoted of an included file: the form of a key or name, and short. */
const NAME = /^[\w-]{1,50}$/;

/** Whether a text of an included file looks like a name, so that it may be shown. */
export const looksLikeName = (text: string): boolean => NAME.test(text);

/** `2 GB`. */
const AMOUNT = /^\d{1,9} [A-Za-z]{1,3}$/;
/** What is compared with the file; shorter runs stand in every file. */
const WORDS = /[\p{L}\p{N}_]{3,}/gu;

/**
 * A problem of an included file without what the file holds. Any readable file can be included (`.env`, `.netrc`), and the messages go
 * to logs that others read: a value is quoted only where it looks like a name, else it is "this key". Our own words (`cpu`, "a number")
 * are texts or occur in the catalogue, not in the arguments; an argument none of whose words stands in the file is ours as well.
 */
export function hideQuotes(diagnostic: Diagnostic, file: string, text: string): Diagnostic {
  let isHidden = false;
  const hideArg = (arg: TextArg): TextArg => {
    if (typeof arg === 'object') return hide(arg);
    if (typeof arg === 'number' || arg === file || isHarmless(arg, text)) return arg;
    isHidden = true;
    return t('this key');
  };
  const hide = (message: Text): Text => (message.args ? { ...message, args: message.args.map(hideArg) } : message);
  const hidden = {
    ...diagnostic,
    summary: hide(diagnostic.summary),
    detail: hide(diagnostic.detail),
    related: diagnostic.related.map((one) => ({ ...one, text: hide(one.text) })),
    ...(diagnostic.address === undefined || isName(diagnostic.address) ? {} : { address: '' }),
  };
  const titles = diagnostic.fixes.map(({ title }) => hide(title));
  // A fix carries the text that it would write.
  const isQuoting = diagnostic.fixes.some(({ edits }) => edits.some(({ newText }) => !isHarmless(newText, text)));
  if (isHidden || isQuoting) return { ...hidden, fixes: [] };
  return { ...hidden, fixes: diagnostic.fixes.map((fix, at) => ({ ...fix, title: titles[at] ?? fix.title })) };
}

const isName = (text: string): boolean => text.split('.').every((part) => NAME.test(part));

/** One name, with marks around it where there are any; or nothing that stands in the file. */
function isHarmless(arg: string, text: string): boolean {
  const bare = arg.replaceAll(/^[`"'*&]|[`"']$/g, '').trim();
  if (bare === '' || NAME.test(bare) || AMOUNT.test(bare)) return true;
  const words = arg.match(WORDS);
  return words !== null && words.every((word) => !text.includes(word));
}
