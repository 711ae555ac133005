import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import { t } from '#schemas/text/text.ts';
import type * as z from 'zod';
import type { ValuePath } from '../parse/position-tree.ts';
import { quote } from './describe-found.ts';
import type { Explanation } from './explain-value.ts';
import { formatPath } from './format-path.ts';
import { isOptional } from './schema-kind.ts';

/** More allowed keys than this are not listed: nobody reads them. */
const MAX_LISTED = 16;

/**
 * Unknown and missing keys of one mapping. An unknown key that is nearly a missing one is one mistake, said at the key;
 * the other missing keys are said together at the entry's name.
 */
export function explainKeys(
  shape: Readonly<Record<string, z.ZodType>>,
  value: Readonly<Record<string, unknown>>,
  path: ValuePath,
  to: Explanation,
  scope: 'all' | 'only-missing' = 'all',
): void {
  const absent = Object.keys(shape).filter((key) => !Object.hasOwn(value, key));
  const missing = new Set(absent.filter((key) => shape[key] && !isOptional(shape[key])));
  const meant = new Set<string>();
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(shape, key)) continue;
    const near =
      didYouMean(key, missing) ??
      didYouMean(
        key,
        absent.filter((other) => !meant.has(other)),
      );
    if (near !== undefined) {
      meant.add(near);
      missing.delete(near);
    }
    if (scope === 'all' || near !== undefined) explainUnknown(key, near, Object.keys(shape), [...path, key], to);
  }
  if (missing.size > 0) explainMissing([...missing], path, to);
}

function explainUnknown(key: string, near: string | undefined, allowed: readonly string[], path: ValuePath, to: Explanation): void {
  const source = to.locate(path, 'key');
  const shown = quote(key);
  const detail = near
    ? t('The key `{0}` is not known here. Did you mean `{1}`?', shown, near)
    : allowed.length <= MAX_LISTED
      ? t('The key `{0}` is not known here. Known are: {1}.', shown, allowed.join(', '))
      : t('The key `{0}` is not known here.', shown);
  const fixes = near ? [replaceFix(t('Replace with `{0}`', near), source, near)] : [];
  to.diagnostics.push(createDiagnostic('unknown-key', { detail, source, address: formatPath(path.slice(0, -1)), fixes }));
}

function explainMissing(keys: readonly string[], path: ValuePath, to: Explanation): void {
  const list = keys.map((key) => `\`${key}\``).join(', ');
  const name = formatPath(path);
  const detail = name === '' ? t('Missing in the file: {0}.', list) : t('Missing in `{1}`: {0}.', list, name);
  to.diagnostics.push(createDiagnostic('missing-key', { detail, source: to.locate(path, 'key'), address: name }));
}
