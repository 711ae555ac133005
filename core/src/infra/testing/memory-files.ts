import { FileReadError, type FileReader, type ReadPlaces } from '#core/ports/files.ts';

/** What a file of {@link createMemoryFiles} holds; an error is thrown when it is read. */
export type MemoryFile = string | Uint8Array | Error;

/** Files in memory, for tests. Paths are POSIX; the home folder is `/home/me`. */
export function createMemoryFiles(files: Readonly<Record<string, MemoryFile>>): FileReader {
  return {
    read: (path, maxBytes, places) => {
      if (!isWithin(path, places)) return Promise.reject(new FileReadError('outside-workspace', path));
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content instanceof Error) return Promise.reject(content);
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return bytes && bytes.length > maxBytes
        ? Promise.reject(new FileReadError('too-large', path, { bytes: bytes.length }))
        : Promise.resolve(bytes);
    },
    resolve: (path, fromFile) => {
      if (path.startsWith('/')) return path;
      if (path.startsWith('~/')) return `/home/me${path.slice(1)}`;
      const segments = fromFile.split('/').slice(0, -1);
      for (const segment of path.split('/')) {
        if (segment === '..') segments.pop();
        else if (segment !== '.') segments.push(segment);
      }
      return segments.join('/');
    },
    exists: (path, places) => Promise.resolve(!isWithin(path, places) || Object.hasOwn(files, path)),
  };
}

const isWithin = (path: string, places: ReadPlaces | undefined): boolean =>
  places?.within === undefined || places.within.some((folder) => path.startsWith(`${folder}/`));
