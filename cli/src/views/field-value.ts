import type { FieldValue } from '#schemas/plan/plan.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';

const MB_PER_GB = 1024;

/** A field's value the way the infra file would write it. */
export function formatFieldValue(field: string, value: FieldValue | undefined): Text {
  if (value === undefined) return t('no value');
  if (Array.isArray(value)) return value.length === 0 ? t('none') : verbatim(value.map(shortenAddress).join(', '));
  if (field === 'ram' && typeof value === 'number') return verbatim(value % MB_PER_GB === 0 ? `${value / MB_PER_GB} GB` : `${value} MB`);
  if (field === 'disk' && typeof value === 'number') return verbatim(`${value} GB`);
  return verbatim(String(value));
}

/** Networks read better by name; an object that is not ours keeps its id. */
const shortenAddress = (value: string): string => value.replace(/^network\./, '');
