import type { SemanticTokensEdit, SemanticTokensLegend } from 'vscode-languageserver-types';
import type { Chunk } from '../document/chunk.ts';
import type { TextRange } from '../document/infra-document-model.ts';
import type { OpenDocument } from '../open-document.ts';
import { TOKEN_SIZE, tokensIn, tokenTypes } from './chunk-tokens.ts';

/** What the numbers in tokens stand for; given to the editor at its start. */
export const tokenLegend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: ['declaration'] };

/** Tokens of a document as the protocol writes them: lines and columns relative to the token before. */
export const listSemanticTokens = ({ model }: OpenDocument): number[] => encode(model.chunks, 0, Number.MAX_SAFE_INTEGER);

/** The same for the lines of a range. */
export const listSemanticTokensIn = ({ model }: OpenDocument, { start, end }: TextRange): number[] =>
  encode(model.chunks, start.line, end.line);

/** What must be put in the place of what, in numbers, to make the new tokens of the old ones: one edit or none. */
export function diffSemanticTokens(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start += 1;
  if (start === before.length && start === now.length) return [];
  let common = 0;
  while (common < shorter - start && before[before.length - 1 - common] === now[now.length - 1 - common]) common += 1;
  return [{ start, deleteCount: before.length - start - common, data: now.slice(start, now.length - common) }];
}

function encode(chunks: readonly Chunk[], firstLine: number, lastLine: number): number[] {
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const chunk of chunks) {
    const from = chunk.anchor.line;
    if (from > lastLine) break;
    if (from + chunk.lineCount < firstLine) continue;
    const tokens = tokensIn(chunk);
    for (let at = 0; at < tokens.length; at += TOKEN_SIZE) {
      const tokenLine = from + (tokens[at] ?? 0);
      if (tokenLine < firstLine || tokenLine > lastLine) continue;
      const column = tokens[at + 1] ?? 0;
      data.push(
        tokenLine - line,
        tokenLine === line ? column - character : column,
        tokens[at + 2] ?? 0,
        tokens[at + 3] ?? 0,
        tokens[at + 4] ?? 0,
      );
      [line, character] = [tokenLine, column];
    }
  }
  return data;
}
