/** Reading of files that the user, or a file of the user's, names: the infra file, includes, public keys, the price table. */
export interface FileReader {
  /**
   * Bytes of an ordinary file; undefined when there is none. Anything else, and every failure, throws a {@link FileReadError}. Never
   * waits for a pipe or a device, and never reads more than `maxBytes` + 1.
   */
  read(path: string, maxBytes: number, places?: ReadPlaces): Promise<Uint8Array | undefined>;
  /** Resolves a path from a document: `~` is the home folder, a relative one starts at the folder of `fromFile`. */
  resolve(path: string, fromFile: string): string;
  /** Never throws: what may not be looked at counts as there, so that nobody is told it is missing. */
  exists(path: string, places?: ReadPlaces): Promise<boolean>;
}

/** Where files may be read from. */
export interface ReadPlaces {
  /** The file's real path must be below one of these folders: for documents nobody vouches for. Undefined: anywhere. */
  readonly within?: readonly string[] | undefined;
  /** On Windows network paths are opened only on the shares of these folders. */
  readonly shares?: readonly string[] | undefined;
}

/**
 * Why a file is not read: it is no ordinary file; too large; the system refuses it; it lies outside of a workspace that is not trusted;
 * outside of the root that the user gave or the work tree in CI; or it is on another machine, whose name came from a document.
 */
export type FileReadErrorCode = 'not-a-file' | 'too-large' | 'unreadable' | 'outside-workspace' | 'outside-root' | 'network-path';

/** What there is in place of an ordinary file. `kernel`: a file of `/proc` or `/sys`, which has no end, or is about this process. */
export type SpecialFile = 'folder' | 'pipe' | 'device' | 'socket' | 'kernel';

/** A file that somebody named is not read. */
export class FileReadError extends Error {
  override readonly name = 'FileReadError';
  readonly code: FileReadErrorCode;
  readonly path: string;
  /** With `not-a-file`. */
  readonly special: SpecialFile | undefined;
  /** With `too-large`: how much there is, as far as that is known. */
  readonly bytes: number | undefined;
  /** With `outside-root`: the folder. */
  readonly root: string | undefined;

  constructor(
    code: FileReadErrorCode,
    path: string,
    details: { readonly special?: SpecialFile; readonly bytes?: number; readonly root?: string; readonly cause?: unknown } = {},
  ) {
    super(describe(code, path, details), details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.path = path;
    this.special = details.special;
    this.bytes = details.bytes;
    this.root = details.root;
  }
}

function describe(
  code: FileReadErrorCode,
  path: string,
  { special, bytes, cause }: { special?: string; bytes?: number; cause?: unknown },
): string {
  switch (code) {
    case 'not-a-file':
      return `${path} is not an ordinary file but a ${special ?? 'special file'}`;
    case 'too-large':
      return `${path} has ${bytes ?? 'too many'} bytes`;
    case 'unreadable':
      return `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`;
    case 'outside-workspace':
      return `${path} is outside of the workspace`;
    case 'outside-root':
      return `${path} is outside of the folder of the project`;
    case 'network-path':
      return `${path} is on another machine or a device`;
    default:
      return code satisfies never;
  }
}
