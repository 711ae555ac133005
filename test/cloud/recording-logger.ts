import type { Logger } from '#core/ports/logger.ts';

/** A logger that keeps its lines, each as one text. */
export function createRecordingLogger(): Logger & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  return { lines, debug: write('debug'), warn: write('warn') };
}
