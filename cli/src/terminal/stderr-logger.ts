import type { Redact } from '#core/platform/redact.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { CliIo } from './cli-io.ts';

/** Log lines on standard error, for `ICT_LOG=debug`. */
export function createStderrLogger(io: CliIo, redact: Redact): Logger {
  const write = (level: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
    io.err(redact(`${level} ${message} ${JSON.stringify(fields)}\n`));
  return { debug: (message, fields) => write('debug', message, fields), warn: (message, fields) => write('warn', message, fields) };
}
