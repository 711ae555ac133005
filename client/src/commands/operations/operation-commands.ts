import { commands } from 'vscode';
import type { ViewId } from '../../generated/ids.ts';
import { OUTPUT_SCHEME } from '../../output/virtual-documents.ts';
import { window } from '../../text/editor-window.ts';
import type { ClientContext } from '../context/client-context.ts';
import { readLensArgument } from '../context/pick-target.ts';
import { isRow } from '../context/row-selection.ts';
import { findLastResult } from './find-last-result.ts';

/** Handlers of operations as such, and of what they wrote. */
export const operationCommands = {
  /** Stops an operation: running steps finish; a second time it leaves at once. */
  'ict.cancelOperation': (context: ClientContext, row: unknown) => {
    const operation = isRow(row)
      ? context.operationsView.resolve(row)
      : context.operations.list.find(({ state }) => state.status === 'running');
    if (operation) context.operations.cancel(operation.id);
  },
  'ict.showOutput': async (context: ClientContext, row: unknown) => {
    const operation = isRow(row) ? context.operationsView.resolve(row) : context.operations.list[0];
    if (!operation) return;
    const text = await context.operations.readOutput(operation.id);
    const uri = context.virtualDocuments.show(OUTPUT_SCHEME, `/${operation.id}/${operation.title.replaceAll('/', '-')}.txt`, text);
    await window.showTextDocument(uri, { preview: true });
  },
  /** The operation that a lens tells the result of, else the last plan of its file, else all operations. */
  'ict.showLastResult': async (context: ClientContext, argument: unknown) => {
    const { operations, operationsView, plan } = context;
    const target = readLensArgument(argument);
    const found = findLastResult(operations.list, plan.plan, target);
    if (found?.kind === 'plan') await plan.focus();
    else {
      await commands.executeCommand('ict.operations.focus' satisfies `${ViewId}.focus`);
      if (found) await operationsView.reveal(found.operation.id);
    }
  },
  'ict.showAnsible': (context: ClientContext) => context.showAnsible(),
  'ict.showLog': (context: ClientContext) => context.log.show(),
} as const;
