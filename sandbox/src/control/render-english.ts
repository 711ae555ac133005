import type { Text } from '#schemas/text/text.ts';

/** A text in English: answers of the control endpoint are for machines and logs, whose language is fixed. */
export const renderEnglish = ({ text, args = [] }: Text): string =>
  text.replace(/\{(\d+)\}/g, (_match, index: string) => {
    const arg = args[Number(index)];
    return typeof arg === 'object' ? renderEnglish(arg) : String(arg ?? '');
  });
