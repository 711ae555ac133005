import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { Severity } from '#core/diagnostics/catalog/code-info.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { RenderText } from '#core/text/render-text.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { EditorCapabilities } from '../ports/editor-capabilities.ts';

/** How problems are shown to one editor. */
export interface DiagnosticView {
  readonly render: RenderText;
  readonly capabilities: EditorCapabilities;
  /** Address of a path, as the editor writes it. */
  readonly toUri: (path: string) => string;
  /** Page that explains codes. */
  readonly page: string | undefined;
}

/** A problem in the protocol's words. Parts that the editor does not understand are left out. */
export function toLspDiagnostic(item: Diagnostic, { render, capabilities, toUri, page }: DiagnosticView): LspDiagnostic {
  const tags = tagsOf[item.code];
  return {
    range: item.source ? toRange(item.source) : { start, end: start },
    severity: severities[item.severity],
    code: item.code,
    source: 'ict',
    message: `${render(item.summary)}. ${render(item.detail)}`,
    ...(page !== undefined && capabilities.codeDescription ? { codeDescription: { href: `${page}#${item.code}` } } : {}),
    ...(tags && capabilities.diagnosticTags ? { tags: [...tags] } : {}),
    ...(item.related.length > 0 && capabilities.relatedInformation
      ? {
          relatedInformation: item.related.map(({ source, text }) => ({
            location: { uri: toUri(source.file), range: toRange(source) },
            message: render(text),
          })),
        }
      : {}),
    ...(capabilities.diagnosticData ? { data: { code: item.code, ...(item.address === undefined ? {} : { address: item.address }) } } : {}),
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** What has no effect is shown pale. */
const tagsOf: Readonly<Partial<Record<DiagnosticCode, readonly DiagnosticTag[]>>> = { 'repeated-item': [DiagnosticTag.Unnecessary] };

const start = { line: 0, character: 0 };

const toRange = (source: SourceRange) => ({ start: source.start, end: source.end });
