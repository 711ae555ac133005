import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { FileReadError, type FileReader, type SpecialFile } from '#core/ports/files.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { decodeText, type DecodeFailure } from '../parse/decode-text.ts';

/** Largest infra file that is read. */
export const MAX_INFRA_BYTES = 8 * 1024 * 1024;

/** Texts of documents that are open in an editor, by path; undefined for a file that is not open, only its size where that is above the limit. */
export type Overlay = (path: string) => string | { readonly bytes: number } | undefined;

/** A file that was read: its bytes are for hashes, its text is what was understood. */
export interface ReadFile {
  readonly path: string;
  readonly role: 'main' | 'included' | 'ssh-key';
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Reads an infra file or an included one, from the editor when it is open there. `from` is the line that names it. */
export async function readText(
  files: FileReader,
  path: string,
  role: 'main' | 'included',
  from: SourceRange | undefined,
  overlay: Overlay | undefined,
): Promise<ReadFile | Diagnostic> {
  const open = overlay?.(path);
  const source = from ?? { file: path, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  if (typeof open === 'object') return describeTooLarge(path, open.bytes, source);
  if (open !== undefined) {
    const bytes = new TextEncoder().encode(open);
    return judgeOpenText(path, open, bytes.length, source) ?? { path, role, bytes, text: open };
  }
  try {
    const bytes = await files.read(path, MAX_INFRA_BYTES);
    if (!bytes) return createDiagnostic('file-missing', { detail: t('There is no file `{0}`.', path), source });
    const decoded = decodeText(bytes);
    return 'text' in decoded ? { path, role, bytes, text: decoded.text } : notText(path, decoded.failure, source);
  } catch (error) {
    if (error instanceof FileReadError && error.code === 'too-large')
      return describeTooLarge(path, error.bytes ?? MAX_INFRA_BYTES + 1, source);
    return createDiagnostic(codeOfFailure(error), { detail: explainReadFailure(path, error), source });
  }
}

/** Why a text of an editor is not read: it is too large, or no text. Undefined when it is. */
export function judgeOpenText(path: string, text: string, bytes: number, source: SourceRange): Diagnostic | undefined {
  if (bytes > MAX_INFRA_BYTES) return describeTooLarge(path, bytes, source);
  return text.includes('\0') ? notText(path, 'binary', source) : undefined;
}

/** The code of a diagnostic about it: a file outside of where files are read from is a thing of its own. */
export const codeOfFailure = (error: unknown): 'file-outside' | 'file-unreadable' =>
  error instanceof FileReadError && (error.code === 'outside-workspace' || error.code === 'outside-root')
    ? 'file-outside'
    : 'file-unreadable';

/** Why a file that a document names is not read, and what to do about it. `error`: what `FileReader.read` has thrown. */
export function explainReadFailure(path: string, error: unknown): Text {
  if (!(error instanceof FileReadError)) return t('The file `{0}` cannot be read: {1}.', path, reasonOf(error));
  switch (error.code) {
    case 'not-a-file':
      return t('`{0}` is {1}. Only ordinary files are read: name one.', path, specialTexts[error.special ?? 'device']);
    case 'too-large':
      return t('`{0}` is too large to be read.', path);
    case 'outside-workspace':
      return t('`{0}` is outside of the workspace, which is not trusted. Move it into the workspace, or trust the workspace.', path);
    case 'outside-root':
      return t(
        '`{0}` is outside of `{1}`, and only files below that folder are read here. Move it there, or name a folder that holds both: `--root DIR`.',
        path,
        error.root ?? '',
      );
    case 'network-path':
      return t('`{0}` is a network path or a device. Copy the file into the folder of the infra file.', path);
    case 'unreadable':
      return t('The file `{0}` cannot be read: {1}.', path, reasonOf(error.cause));
    default:
      return error.code satisfies never;
  }
}

const specialTexts: Readonly<Record<SpecialFile, Text>> = {
  folder: t('a folder'),
  pipe: t('a pipe'),
  device: t('a device'),
  socket: t('a socket'),
  kernel: t('a file of the kernel'),
};

/** The system's short word for a failure (`EACCES`), or its message. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** A file or document above the limit; nothing of it is looked at. `next`: what to do once it is shorter, where that is not enough. */
export function describeTooLarge(path: string, bytes: number, source: SourceRange, next?: Text): Diagnostic {
  const detail = t('`{0}` has {1} MB; at most 8 MB are read.', path, Math.ceil(bytes / 1024 / 1024));
  return createDiagnostic('file-too-large', { detail: next ? { text: '{0} {1}', args: [detail, next] } : detail, source });
}

const notText = (path: string, failure: DecodeFailure, source: SourceRange): Diagnostic =>
  createDiagnostic('not-text', { detail: explainFailure(path, failure), source });

function explainFailure(path: string, failure: DecodeFailure): Text {
  switch (failure) {
    case 'utf-16':
      return t('`{0}` is written in UTF-16. Save it as UTF-8.', path);
    case 'binary':
      return t('`{0}` is a binary file, not a text.', path);
    case 'not-utf-8':
      return t('`{0}` is not valid UTF-8. Save it in this encoding.', path);
    default:
      return failure satisfies never;
  }
}
