import { basename } from 'node:path';
import { Uri } from 'vscode';
import * as z from 'zod';
import { isInfraFileName } from '#schemas/infra/infra-file.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { ClientContext } from './client-context.ts';
import type { ServerNode } from '../../views/servers/server-nodes.ts';
import { selectRows } from './row-selection.ts';
import { window } from '../../text/editor-window.ts';

/** What an operation is about: a file, and the addresses, entries or groups in it; none: the whole file. */
export interface Target {
  readonly file: string;
  readonly names: readonly string[];
}

const lensArgument = z.object({ uri: z.string(), targets: z.array(z.string()).optional() });

/**
 * Target of a command: from a code lens, from the rows selected in the tree, else the file in the editor, else the only
 * infra file of the workspace. Undefined: the user was asked and chose none, or there is no infra file.
 */
export async function pickTarget(context: ClientContext, argument: unknown, selection: unknown): Promise<Target | undefined> {
  const lens = readLensArgument(argument);
  if (lens) return lens;
  const nodes = selectRows(argument, selection).flatMap((row) => context.servers.resolve(row) ?? []);
  const [first] = nodes;
  if (first) return { file: fileOf(first), names: nodes.filter((node) => fileOf(node) === fileOf(first)).flatMap(nameOf) };
  const file = argument instanceof Uri && isInfraFile(argument) ? argument.fsPath : await pickFile(context);
  return file === undefined ? undefined : { file, names: [] };
}

/** Target of a code lens; undefined for another argument. */
export function readLensArgument(argument: unknown): Target | undefined {
  const { data } = lensArgument.safeParse(argument);
  return data && { file: Uri.parse(data.uri).fsPath, names: data.targets ?? [] };
}

/** The infra file in front of the user; with several and none in front, the user says which. */
async function pickFile({ feed, render }: ClientContext): Promise<string | undefined> {
  const open = window.activeTextEditor?.document.uri;
  if (open && isInfraFile(open)) return open.fsPath;
  const [first, ...rest] = feed.projects;
  if (!first) {
    void window.showInformationMessage(render(t('There is no infra file in this workspace yet.')));
    return undefined;
  }
  if (rest.length === 0) return first.file;
  const picked = await window.showQuickPick(
    feed.projects.map(({ file, view }) => ({ label: view?.project ?? basename(file), description: file, file })),
    { placeHolder: render(t('Which infra file?')) },
  );
  return picked?.file;
}

const isInfraFile = ({ scheme, fsPath }: Uri): boolean => scheme === 'file' && isInfraFileName(fsPath);

const fileOf = (node: ServerNode): string => (node.kind === 'project' ? node.project.file : node.file);

const nameOf = (node: ServerNode): readonly string[] => {
  if (node.kind === 'server') return [node.server.address];
  return node.kind === 'group' && node.target !== undefined ? [node.target] : [];
};

/** "Apply", or "Apply · web-1, db". */
export const titleOf = (verb: Text, { names }: Target, render: ClientContext['render']): string =>
  names.length === 0 ? render(verb) : render(t('{0} · {1}', verb, verbatim(names.join(', '))));

/** `--only a --only b`, or `--limit`. */
export const selectBy = (flag: '--only' | '--limit', names: readonly string[]): readonly string[] => names.flatMap((name) => [flag, name]);
