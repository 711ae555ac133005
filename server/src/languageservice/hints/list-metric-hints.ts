import type { InlayHint, Range } from 'vscode-languageserver-types';
import { findChunkIndex } from '../cursor/find-chunk.ts';
import { findLineEnd } from '../cursor/scan-text.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { describeNow } from './describe-now.ts';

/** Behind the name of each server entry in a range what its servers are doing: for who wants these hints alone. */
export function listMetricHints(document: OpenDocument, range: Range, request: LanguageRequest): readonly InlayHint[] {
  const { chunks } = document.model;
  const hints: InlayHint[] = [];
  if (!request.values.metrics) return hints;
  for (let at = Math.max(0, findChunkIndex(chunks, range.start.line)); at < chunks.length; at += 1) {
    const chunk = chunks[at];
    if (!chunk || chunk.anchor.line > range.end.line || request.signal.aborted) break;
    const entry = document.analysis.expandedAt(chunk);
    const { line } = chunk.anchor;
    const now = entry && line >= range.start.line ? describeNow(entry, request) : undefined;
    if (now) hints.push({ position: { line, character: findLineEnd(chunk.text, 0) }, label: request.render(now), paddingLeft: true });
  }
  return hints;
}
