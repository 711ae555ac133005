import pc from 'picocolors';
import type { CliIo } from './cli-io.ts';
import { sealCodes } from './terminal-codes.ts';

/** Colours of the terminal, or none. */
export type Style = ReturnType<typeof pc.createColors>;

/**
 * `NO_COLOR` (any value) turns colours off, `FORCE_COLOR` on; otherwise a terminal that is not dumb has them. What it paints holds
 * marks that only the guarded terminal turns into codes.
 */
export function createStyle(io: CliIo, isTty: boolean): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.environment;
  const wanted =
    NO_COLOR !== undefined && NO_COLOR !== '' ? false : FORCE_COLOR !== undefined && FORCE_COLOR !== '0' ? true : isTty && TERM !== 'dumb';
  const { isColorSupported, ...painters } = pc.createColors(wanted);
  const sealed = Object.fromEntries(
    Object.entries(painters).map(([name, paint]) => [name, sealCodes((text) => paint(text))]),
  ) as unknown as typeof painters;
  return { isColorSupported, ...sealed };
}
