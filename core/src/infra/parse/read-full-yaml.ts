import { parseDocument, type Document, type YAMLError } from 'yaml';
import { convertDocument, type ConversionProblem } from './convert-document.ts';
import type { PositionTree } from './position-tree.ts';

/** What the full parser makes of a text: the value if there is one, and what it found wrong, unsorted. */
export interface FullYaml {
  /** Absent when the text is not YAML at all. */
  readonly tree?: PositionTree;
  readonly errors: readonly YAMLError[];
  readonly warnings: readonly YAMLError[];
  readonly problems: readonly ConversionProblem[];
  readonly isTooDeep: boolean;
}

/** Parses any YAML 1.2 with the full parser. Never throws. */
export function readFullYaml(text: string): FullYaml {
  const document = parseSafely(text);
  if (!document) return { errors: [], warnings: [], problems: [], isTooDeep: true };
  const { errors, warnings } = document;
  if (errors.length > 0) return { errors, warnings, problems: [], isTooDeep: false };
  const { tree, problems } = convertDocument(document);
  return { tree, errors, warnings, problems, isTooDeep: false };
}

/** Parses with the options that we use everywhere. Undefined when the nesting exhausts the stack. */
export function parseSafely(text: string): Document.Parsed | undefined {
  try {
    // `silent` would also silence the error about several documents. Unique keys are checked during conversion: the library compares each key with every other one of its mapping.
    return parseDocument(text, { version: '1.2', uniqueKeys: false, merge: false, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
