import { existsSync, readFileSync, writeSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';

/** A place in a source file; lines and columns count from 1, `name` is what is called there. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string | undefined;
}

/** What V8 knows of one frame, as far as it is used. */
export interface StackFrame extends Pick<NodeJS.CallSite, 'getFileName' | 'getLineNumber' | 'getColumnNumber'> {
  toString(): string;
}

/**
 * Makes stacks of errors name the TypeScript files that a bundle was made of, when its source map lies beside it: packages have none.
 * The map is read when the first stack is looked at, so a start costs one question to the file system. (Node's own switch,
 * `--enable-source-maps`, reads the map at every start, and works for files only that are loaded after it.)
 * @param program path of the bundle that runs
 */
export function enableReadableStacks(program: string): void {
  if (!existsSync(`${program}.map`)) return;
  let find: ((line: number, column: number) => SourcePlace | undefined) | undefined;
  Error.prepareStackTrace = (error, frames) => {
    find ??= readPlaces(program);
    return formatStack(error, frames, program, find);
  };
}

/**
 * Ends the process with exit code 1 when an error reaches nobody, after its stack. Node itself would print the line of code first:
 * of a bundle that is all of it.
 * @param show makes a text fit to be seen: messages hold words of others
 */
export function reportCrashes(show: (text: string) => string): void {
  process.on('uncaughtException', (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    try {
      writeSync(process.stderr.fd, `${show(text)}\n`);
    } catch {
      // Nobody reads it any more.
    }
    process.exit(1);
  });
}

/** An error and its frames as V8 prints them, with places in the program replaced by places in its sources. */
export function formatStack(
  error: Error,
  frames: readonly StackFrame[],
  program: string,
  find: (line: number, column: number) => SourcePlace | undefined,
): string {
  const placeOf = (frame: StackFrame | undefined): SourcePlace | undefined =>
    frame?.getFileName() === program ? find(frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0) : undefined;
  const lines = frames.map((frame, index) => {
    const place = placeOf(frame);
    if (!place) return `\n    at ${frame.toString()}`;
    const at = `${place.file}:${place.line}:${place.column}`;
    // Names in the program are shortened. What a function is called in the source stands where it was called.
    const name = placeOf(frames[index + 1])?.name;
    return `\n    at ${name === undefined ? at : `${name} (${at})`}`;
  });
  return `${describe(error)}${lines.join('')}`;
}

/** `NAME: MESSAGE`. Getters of a strange error may throw in their turn. */
function describe(error: Error): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

/** Reads the map of a program. One that cannot be read finds nothing: a stack must not fail. */
function readPlaces(program: string): (line: number, column: number) => SourcePlace | undefined {
  let map: SourceMap;
  try {
    map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]);
  } catch {
    return () => undefined;
  }
  return (line, column) => {
    const entry = map.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || !entry.originalSource) return undefined;
    const name = (entry as { readonly name?: string }).name;
    return {
      file: resolve(dirname(program), entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
      name: name === '' ? undefined : name,
    };
  };
}
