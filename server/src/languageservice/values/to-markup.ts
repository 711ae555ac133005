import type { MarkupContent } from 'vscode-languageserver-types';

/** Paragraphs as the editor can show them: Markdown, or the same without its marks. */
export function toMarkup(paragraphs: readonly string[], { markdown }: { readonly markdown: boolean }): MarkupContent {
  const value = paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
  return markdown ? { kind: 'markdown', value } : { kind: 'plaintext', value: stripMarks(value) };
}

const stripMarks = (text: string): string =>
  text
    .replace(/^```\w*\n([\s\S]*?)\n```$/gm, '$1')
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/\\([\\`*_{}[\]<>()#+\-.!|])/g, '$1')
    .replaceAll('  \n', '\n');

/** A name or value from outside in Markdown: nothing in it is a mark, a link or an image. */
export const escapeMarks = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>()#+!|]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');

/** A value in code style, whatever is in it. */
export const toCode = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``;
