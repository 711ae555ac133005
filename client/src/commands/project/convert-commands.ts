import { dirname } from 'node:path';
import { Uri } from 'vscode';
import { convertedFile } from '#schemas/infra/old-format.ts';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import { runShown, showPlanFailure } from '../context/run-shown.ts';
import { parseJson } from '../../operations/parse-json.ts';
import { saveInfraFiles } from '../context/workspace-files.ts';
import { window } from '../../text/editor-window.ts';

/** Handler of moving from the earlier ict. */
export const convertCommands = {
  /** Writes an infra file of today from one of the earlier ict, the one given or the one in the editor, and opens it. */
  'ict.convert': async (context: ClientContext, argument: unknown) => {
    const uri = typeof argument === 'string' ? Uri.parse(argument) : window.activeTextEditor?.document.uri;
    if (uri?.scheme !== 'file') return;
    await saveInfraFiles();
    const title = context.render(t('Converting the file'));
    const result = await runShown(context, title, ['convert', uri.fsPath, '--json'], dirname(uri.fsPath));
    if (!result) return;
    const converted = parseJson(convertedFile, result.stdout);
    if (!converted) {
      showPlanFailure(context, result, undefined);
      return;
    }
    await window.showTextDocument(Uri.file(converted.file));
    for (const remark of converted.remarks) void window.showWarningMessage(context.render(remark));
  },
} as const;
