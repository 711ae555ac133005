import { dirname, join } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import type { DashboardRequest, DashboardTarget } from '#schemas/protocol/dashboard.ts';
import { t } from '#schemas/text/text.ts';
import { window } from '../../text/editor-window.ts';

type Export = Extract<DashboardRequest, { kind: 'save' }>;

const filters: Readonly<Record<Export['format'], string>> = { csv: 'CSV', png: 'PNG' };

/** Asks where to keep a table or a picture, and writes it there. Nothing is written when the user closes the dialog. */
export async function saveExport({ format, content }: Export, { file, title }: DashboardTarget, render: RenderText): Promise<void> {
  const name = `${title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${format}`;
  const chosen = await window.showSaveDialog({
    defaultUri: Uri.file(join(dirname(file), name)),
    filters: { [filters[format]]: [format] },
    title: render(t('Save what the dashboard shows')),
  });
  if (!chosen) return;
  await workspace.fs.writeFile(chosen, Buffer.from(content, format === 'png' ? 'base64' : 'utf8'));
  void window.showInformationMessage(render(t('Saved: {0}', chosen.fsPath)));
}
