import { basename, dirname } from 'node:path';
import { commands, Position, Range, Uri, workspace, WorkspaceEdit } from 'vscode';
import { type FileEdit, type PanelFile, panelFile } from '#schemas/plan/panel-file.ts';
import { planResult } from '#schemas/plan/plan-result.ts';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import { PANEL_SCHEME } from '../../output/virtual-documents.ts';
import { labelAccount } from '../context/account-label.ts';
import { runShown, showPlanFailure } from '../context/run-shown.ts';
import { parseJson } from '../../operations/parse-json.ts';
import { pickTarget, selectBy, type Target } from '../context/pick-target.ts';
import { saveInfraFiles } from '../context/workspace-files.ts';
import { window } from '../../text/editor-window.ts';

/** Handlers of what leads from the panel to the file. */
export const diffCommands = {
  /** Opens the editor's own comparison: on the left the infra file as the panel has it, on the right the file. */
  'ict.showDifference': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const target = await pickTarget(context, argument, selection);
    const found = target && (await readPanelFile(context, target));
    if (!found) return;
    const { render, virtualDocuments } = context;
    sayWhatIsLeft(context, found);
    if (found.edits.length === 0) {
      if (found.skipped.length === 0) void window.showInformationMessage(render(t('No differences: the panel is equal to the file.')));
      return;
    }
    const account = labelAccount(context, target.file);
    for (const { path, text } of await editTexts(found)) {
      const left = virtualDocuments.show(PANEL_SCHEME, path, text);
      const title = render(t('{0}: panel ({1}) ↔ file', basename(path), account));
      await commands.executeCommand('vscode.diff', left, Uri.file(path), title, { preview: false });
    }
  },
  /** Writes what the panel has into the editor, to be looked at, saved or undone. */
  'ict.takeFromPanel': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const target = await pickTarget(context, argument, selection);
    const found = target && (await readPanelFile(context, target));
    if (!found) return;
    sayWhatIsLeft(context, found);
    const [first] = found.edits;
    if (!first) {
      if (found.skipped.length === 0)
        void window.showInformationMessage(context.render(t('No differences: the panel is equal to the file.')));
      return;
    }
    const edit = new WorkspaceEdit();
    for (const { file, start, end, newText } of found.edits)
      edit.replace(Uri.file(file), new Range(start.line, start.character, end.line, end.character), newText);
    await window.showTextDocument(Uri.file(first.file), { selection: new Range(first.start.line, 0, first.start.line, 0) });
    await workspace.applyEdit(edit);
  },
} as const;

/** Undefined: it could not be made, or the user cancelled; that has been said. */
async function readPanelFile(context: ClientContext, target: Target): Promise<PanelFile | undefined> {
  await saveInfraFiles();
  const words = ['drift', target.file, '--as-file', '--json', ...selectBy('--only', target.names)];
  const title = context.render(t('Comparing the panel with the file'));
  const result = await runShown(context, title, words, dirname(target.file));
  if (!result) return undefined;
  const found = parseJson(panelFile, result.stdout);
  if (!found) showPlanFailure(context, result, parseJson(planResult, result.stdout));
  return found;
}

/** Files that would change, each as a text with the values of the panel. Entries may stand in another file than the main one. */
async function editTexts({ file, text, edits }: PanelFile): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const paths = [...new Set(edits.map((edit) => edit.file))];
  return Promise.all(
    paths.map(async (path) => {
      if (path === file) return { path, text };
      const document = await workspace.openTextDocument(Uri.file(path));
      const toOffset = ({ line, character }: FileEdit['start']): number => document.offsetAt(new Position(line, character));
      // From the end, so that the places in front stay where they are.
      const own = edits.filter((edit) => edit.file === path).sort((left, right) => toOffset(right.start) - toOffset(left.start));
      const edited = own.reduce(
        (before, { start, end, newText }) => before.slice(0, toOffset(start)) + newText + before.slice(toOffset(end)),
        document.getText(),
      );
      return { path, text: edited };
    }),
  );
}

function sayWhatIsLeft({ render, log }: ClientContext, { skipped }: PanelFile): void {
  for (const { text } of skipped) log.warn(render(text));
  const [first] = skipped;
  if (first) void window.showWarningMessage(render(first.text));
}
