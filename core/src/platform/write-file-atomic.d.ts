declare module 'write-file-atomic' {
  /** Writes beside the target, syncs, and renames over it. */
  export default function writeFileAtomic(path: string, data: string, options?: { mode?: number; fsync?: boolean }): Promise<void>;
}
