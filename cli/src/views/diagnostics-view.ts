import { relative } from 'node:path';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { showHidden } from '#core/text/show-hidden.ts';
import { t } from '#schemas/text/text.ts';
import type { Style } from '../terminal/style.ts';

export interface DiagnosticsViewOptions {
  readonly render: RenderText;
  readonly style: Style;
  /** Paths are shown relative to this folder. */
  readonly cwd: string;
}

/** Problems as text: place, severity, code, what is wrong and how to mend it. Places are 1-based, as editors count. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: DiagnosticsViewOptions): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('');
}

function renderDiagnostic(diagnostic: Diagnostic, { render, style, cwd }: DiagnosticsViewOptions): string {
  const paint = diagnostic.severity === 'error' ? style.red : diagnostic.severity === 'warning' ? style.yellow : style.cyan;
  const word = { error: t('error'), warning: t('warning'), info: t('info') }[diagnostic.severity];
  const { source } = diagnostic;
  const place = source
    ? `${showHidden(relative(cwd, source.file) || source.file)}:${source.start.line + 1}:${source.start.character + 1}: `
    : '';
  const fixes = diagnostic.fixes.map((fix) => `    ${style.dim(render(t('fix: {0}', fix.title)))}\n`).join('');
  const head = `${style.bold(place)}${paint(render(word))}: ${render(diagnostic.summary)} ${style.dim(`[${diagnostic.code}]`)}`;
  return `${head}\n    ${render(diagnostic.detail)}\n${fixes}`;
}
