import { CodeActionKind, type CodeAction, type Range, type TextEdit } from 'vscode-languageserver-types';
import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import { findCursor } from '../cursor/find-cursor.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { createMissingFile } from './create-file.ts';
import { extractSize, inlineSize } from './extract-size.ts';
import { createFixContext, type Remedy } from './fix-context.ts';
import { findRemedies } from './find-remedies.ts';
import { writePanelValues } from './write-panel-values.ts';

/** Which problem an action mends, for whoever shows the two together: its code and where it begins. */
export interface ActionData {
  readonly code: DiagnosticCode;
  readonly line: number;
  readonly character: number;
}

/** Kinds of actions that are offered. */
export const actionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  CodeActionKind.RefactorRewrite,
  CodeActionKind.SourceFixAll,
];

/** Problems whose only fix never changes what the author meant. */
const safeCodes: ReadonlySet<DiagnosticCode> = new Set([
  'tab-indentation',
  'missing-version',
  'unsupported-version',
  'wrong-type',
  'repeated-item',
]);

/**
 * What can be done at a range: fixes of the problems given (those of other files are left out), and rearrangements of the
 * entry. `only` are the kinds that the editor asks for; without it all but `source.fixAll`, which looks at the whole file.
 */
export function listActions(
  document: OpenDocument,
  range: Range,
  problems: readonly Diagnostic[],
  request: LanguageRequest,
  only?: readonly string[],
): readonly CodeAction[] {
  const isWanted = (kind: string): boolean =>
    only?.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`)) ?? true;
  const fixes = isWanted(CodeActionKind.QuickFix) ? problems.flatMap((problem) => listFixes(document, problem, request)) : [];
  const others = listOthers(document, range, request).filter(({ kind }) => isWanted(kind ?? ''));
  const all = only !== undefined && isWanted(CodeActionKind.SourceFixAll) ? fixAll(document, request) : [];
  return [...fixes, ...others, ...all];
}

function listFixes(document: OpenDocument, problem: Diagnostic, request: LanguageRequest): readonly CodeAction[] {
  const { source, code } = problem;
  if (!source || source.file !== document.model.file) return [];
  const remedies = [...listOwn(document, problem), ...listFound(document, problem, request)];
  // Of several fixes the first is preferred only where it is a correction and the others take something away.
  const isSingle = problem.fixes.length === 1 || (problem.fixes.length === 0 && remedies.length === 1);
  const data: ActionData = { code, ...source.start };
  const convert = code === 'old-format' ? convertFile(document, request) : undefined;
  if (convert) return [{ ...convert, data }];
  return remedies.map((remedy, index) => ({
    ...toAction(document, remedy, CodeActionKind.QuickFix, request),
    ...(index === 0 && isSingle ? { isPreferred: true } : {}),
    data,
  }));
}

/** Conversion needs files beside this one, so an editor that can does it by a command of its own. */
function convertFile({ uri }: OpenDocument, { editor, render }: LanguageRequest): CodeAction | undefined {
  const { convertCommand } = editor;
  if (convertCommand === undefined) return undefined;
  const title = render(t('Convert to the format of today; this file stays'));
  return { title, kind: CodeActionKind.QuickFix, isPreferred: true, command: { title, command: convertCommand, arguments: [uri] } };
}

/** Fixes that the rule found itself. */
function listOwn({ model }: OpenDocument, { fixes }: Diagnostic): readonly Remedy[] {
  const hasReturns = model.chunks.some(({ text }) => text.includes('\r\n'));
  const toEdit = ({ source: { start, end }, newText }: Diagnostic['fixes'][number]['edits'][number]): TextEdit => ({
    range: { start, end },
    newText: hasReturns ? newText.replaceAll('\n', '\r\n') : newText,
  });
  return fixes.map(({ title, edits }) => ({ title, edits: edits.map(toEdit) }));
}

function listFound(document: OpenDocument, problem: Diagnostic, request: LanguageRequest): readonly Remedy[] {
  const context = createFixContext(document, problem, request);
  return context ? findRemedies(context) : [];
}

function listOthers(document: OpenDocument, { start }: Range, request: LanguageRequest): readonly CodeAction[] {
  const cursor = findCursor(document, start);
  if (!cursor) return [];
  const created = createMissingFile(document, cursor, request);
  const whole = cursor.kind === 'key' ? [...cursor.path, cursor.word] : cursor.path;
  const [section, name, field] = whole;
  const create = created ? [{ title: request.render(created.title), kind: CodeActionKind.QuickFix, edit: created.edit }] : [];
  if (section !== 'servers' || typeof name !== 'string' || name === '') return create;
  const rewrite = writePanelValues(document, name, typeof field === 'string' ? field : undefined, request);
  const toActions = (remedies: readonly (Remedy | undefined)[], kind: string): readonly CodeAction[] =>
    remedies.flatMap((remedy) => (remedy ? toAction(document, remedy, kind, request) : []));
  return [
    ...create,
    ...toActions([extractSize(document, name)], CodeActionKind.RefactorExtract),
    ...toActions([inlineSize(document, name)], CodeActionKind.RefactorInline),
    ...toActions(rewrite, CodeActionKind.RefactorRewrite),
  ];
}

/** All safe fixes of the file at once; those that touch the same place wait for the next time. */
function fixAll(document: OpenDocument, request: LanguageRequest): readonly CodeAction[] {
  const edits: TextEdit[] = [];
  for (const problem of document.analysis.getDiagnostics()) {
    if (!safeCodes.has(problem.code) || problem.source?.file !== document.model.file) continue;
    const remedies = [...listOwn(document, problem), ...listFound(document, problem, request)];
    const [remedy] = remedies;
    if (remedies.length !== 1 || !remedy || remedy.edits.some((edit) => edits.some((other) => overlap(edit.range, other.range)))) continue;
    edits.push(...remedy.edits);
  }
  if (edits.length === 0) return [];
  return [
    { title: request.render(t('Fix all safe problems')), kind: CodeActionKind.SourceFixAll, edit: { changes: { [document.uri]: edits } } },
  ];
}

const isBefore = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character);
const overlap = (a: Range, b: Range): boolean =>
  !(isBefore(a.end, b.start) || isBefore(b.end, a.start)) || JSON.stringify(a) === JSON.stringify(b);

const toAction = (document: OpenDocument, { title, edits }: Remedy, kind: string, request: LanguageRequest): CodeAction => ({
  title: request.render(title),
  kind,
  edit: { changes: { [document.uri]: [...edits] } },
});
