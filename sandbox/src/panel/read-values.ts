import * as z from 'zod';
import { t } from '#schemas/text/text.ts';
import { closestName } from '../faults/closest-name.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';

/**
 * Reads `key → text` by a schema whose fields take texts. Throws {@link SandboxProblem} `bad-panel` for a key it does not have, or a
 * value that does not fit.
 */
export const readValues = <Shape extends z.ZodRawShape>(values: Readonly<Record<string, string>>, shape: Shape) => {
  const keys = Object.keys(shape);
  for (const key of Object.keys(values)) {
    if (keys.includes(key)) continue;
    const near = closestName(key, keys);
    throw new SandboxProblem(
      'bad-panel',
      near === undefined
        ? t('There is no "{0}" to set. There are: {1}.', key, keys.join(', '))
        : t('There is no "{0}" to set. Did you mean "{1}"?', key, near),
    );
  }
  const parsed = z.object(shape).safeParse(values);
  if (parsed.success) return parsed.data;
  const key = String(parsed.error.issues[0]?.path[0] ?? '');
  throw new SandboxProblem('bad-panel', t('"{0}" cannot be {1}.', key, values[key] ?? ''));
};

/** A whole number in a text. */
export const textInt = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** Memory in MB: `2048`, `512 MB`, `2 GB`. */
export const textMemory = amount({ mb: 1, gb: 1024 });
/** Disk in GB: `40`, `40 GB`. */
export const textDisk = amount({ gb: 1 });
/** `on`, `off`. */
export const textSwitch = z.enum(['on', 'off']).transform((value) => value === 'on');

function amount(units: Readonly<Record<string, number>>) {
  return z
    .string()
    .regex(new RegExp(String.raw`^\d{1,9}\s*(?:${Object.keys(units).join('|')})?$`, 'i'))
    .transform((value) => Number.parseInt(value, 10) * (units[value.replace(/^\d+\s*/, '').toLowerCase()] ?? 1));
}
