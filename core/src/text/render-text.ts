import type { Text, TextArg } from '#schemas/text/text.ts';
import { showHidden } from './show-hidden.ts';

/** Languages the product speaks. English is the language of the keys, so it needs no bundle. */
export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** A bundle as in `l10n/`: English message → translation. Plural forms stand under `message#one|few|many|other`. */
export type Bundle = Readonly<Record<string, string>>;

/** Renders a {@link Text} for a reader. */
export type RenderText = (text: Text) => string;

/**
 * Makes the renderer for one language. A message without a translation stays English: a missing key is a fault of the
 * catalogue (its check fails), never a crash in front of the user. Arguments may be anybody's words: what is hidden in them, or would
 * begin a line, is made visible by `showHidden`.
 */
export function createTextRenderer(language: Language, bundle: Bundle = {}): RenderText {
  const plurals = new Intl.PluralRules(language);
  const renderArg = (arg: TextArg): string => (typeof arg === 'object' ? render(arg) : showHidden(String(arg)));
  const translate = (text: Text): string => {
    if (!text.plural) return bundle[text.text] ?? text.text;
    const form = plurals.select(text.plural.count);
    return bundle[`${text.text}#${form}`] ?? bundle[`${text.text}#other`] ?? (text.plural.count === 1 ? text.plural.one : text.text);
  };
  const render = (text: Text): string =>
    translate(text).replace(/\{(\d+)\}/g, (_, index: string) => {
      const arg = text.args?.[Number(index)];
      return arg === undefined ? '' : renderArg(arg);
    });
  return render;
}

/** Picks the language from the first locale that is set: `ru_RU.UTF-8`, `ru`, `en-US` … Anything unknown is English. */
export function pickLanguage(...locales: readonly (string | undefined)[]): Language {
  const locale = locales.find((value) => value !== undefined && value !== '');
  return /^ru\b|^ru_/i.test(locale ?? '') ? 'ru' : 'en';
}
