declare module 'write-file-atomic' {
  /** Writes to a neighbour of the file and renames it over; calls for one file are queued. */
  export default function writeFileAtomic(path: string, data: string, options: { mode: number }): Promise<void>;
}
