/** Reading of files that the user names: the infra file, includes, public keys, the price table. */
export interface FileReader {
  /** Bytes of a file; undefined when there is none. Other failures throw. Bounded: throws `FileTooLarge` above `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Resolves a path from a document: `~` is the home folder, a relative one starts at the folder of `fromFile`. */
  resolve(path: string, fromFile: string): string;
  exists(path: string): Promise<boolean>;
}

/** A file is larger than anything we would read whole. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
  readonly path: string;
  readonly bytes: number;

  constructor(path: string, bytes: number) {
    super(`${path} has ${bytes} bytes`);
    this.path = path;
    this.bytes = bytes;
  }
}
