import { showHiddenInLines } from '#core/text/show-hidden.ts';

/** Fields of the protocol that editors show to people, in answers of any kind. */
const shownFields = new Set([
  'label',
  'detail',
  'documentation',
  'title',
  'tooltip',
  'message',
  'contents',
  'value',
  'name',
  'description',
  'containerName',
]);

/** Fields with what is written into a file, given back to us, or opened: their texts stay as they are. */
const keptFields = new Set([
  'data',
  'arguments',
  'textEdit',
  'additionalTextEdits',
  'edit',
  'edits',
  'changes',
  'documentChanges',
  'insertText',
  'filterText',
  'sortText',
  'codeDescription',
]);

/**
 * An answer with everything that people will read as `showHidden` shows it: the one exit of the language server's texts, whatever a
 * document, the provider or a history put in them. Gives the same object where there is nothing to show, which is nearly always.
 */
export const showAnswer = <Answer>(answer: Answer): Answer => show(answer, false, 0) as Answer;

/** No editor shows what lies deeper; an item to be resolved comes from outside and may have any depth. */
const MAX_DEPTH = 400;

function show(value: unknown, isShown: boolean, depth: number): unknown {
  if (typeof value === 'string') return isShown ? showHiddenInLines(value) : value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const shown = items.map((item) => show(item, isShown, depth + 1));
    return shown.some((item, at) => item !== items[at]) ? shown : value;
  }
  let changed: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    if (keptFields.has(name)) continue;
    const shown = show(field, shownFields.has(name), depth + 1);
    if (shown !== field) (changed ??= { ...value })[name] = shown;
  }
  return changed ?? value;
}
