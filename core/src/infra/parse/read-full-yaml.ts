import { Composer, type Document, Lexer, Parser, YAMLParseError, type YAMLError } from 'yaml';
import { convertDocument, MAX_DEPTH, type ConversionProblem } from './convert-document.ts';
import type { PositionTree } from './position-tree.ts';

/** What the full parser makes of a text: the value if there is one, and what it found wrong, unsorted. */
export interface FullYaml {
  /** Absent when the text is not YAML at all. */
  readonly tree?: PositionTree;
  readonly errors: readonly YAMLError[];
  readonly warnings: readonly YAMLError[];
  readonly problems: readonly ConversionProblem[];
  /** Where the nesting became too deep to go on. */
  readonly tooDeepAt?: number;
}

/** Parses any YAML 1.2 with the full parser. Never throws. */
export function readFullYaml(text: string): FullYaml {
  const document = parseSafely(text);
  if ('tooDeepAt' in document) return { errors: [], warnings: [], problems: [], tooDeepAt: document.tooDeepAt };
  const { errors, warnings } = document;
  if (errors.length > 0) return { errors, warnings, problems: [] };
  const { tree, problems } = convertDocument(document);
  return { tree, errors, warnings, problems };
}

/** What the parser has open besides collections: the document, and the scalar or collection that it is about to finish. */
const OPEN_BESIDES = 4;

/** Thrown through the parser to end it. */
class TooDeep extends Error {
  override readonly name = 'TooDeep';
  readonly offset: number;

  constructor(offset: number) {
    super('the nesting is too deep');
    this.offset = offset;
  }
}

/**
 * Parses with the options that we use everywhere. The nesting is counted while the text is scanned, by a parser that does not call
 * itself: what follows it does, and near the end of the stack V8 ends the whole process where a regular expression is compiled
 * (`RegExpCompiler Allocation failed`), which nothing can catch.
 */
export function parseSafely(text: string): Document.Parsed | { readonly tooDeepAt: number } {
  // `silent` would also silence the error about several documents. Unique keys are checked during conversion: the library compares each key with every other one of its mapping.
  const composer = new Composer({ version: '1.2', uniqueKeys: false, merge: false, prettyErrors: false, logLevel: 'error' });
  try {
    let first: Document.Parsed | undefined;
    for (const document of composer.compose(scan(text), true, text.length)) {
      if (first) {
        const [start, end] = document.range;
        first.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'Source contains multiple documents'));
        break;
      }
      first = document;
    }
    return first ?? { tooDeepAt: 0 };
  } catch (error) {
    if (error instanceof TooDeep) return { tooDeepAt: error.offset };
    // The library passes long lists as arguments of one call.
    if (error instanceof RangeError) return { tooDeepAt: 0 };
    throw error;
  }
}

/** The syntax tree of each document; throws {@link TooDeep} as soon as one is. */
function* scan(text: string): ReturnType<Parser['parse']> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_DEPTH + OPEN_BESIDES) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}
