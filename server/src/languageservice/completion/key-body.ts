import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { infraFile } from '#schemas/infra/infra-file.ts';
import type * as z from 'zod';
import type { Cursor } from '../cursor/find-cursor.ts';
import { toExpected, type Expected } from '../schema/expected.ts';
import { toPattern } from '../schema/value-kind.ts';

/** Mappings that are written in braces even where lines could be: they are short. */
const inBraces = /^(?:sizes|networks|groups|notify|alerts|schedules)\.\*$|\.(?:backup|monitoring|health|vars)$/;
/** Lists whose items are long, or mappings. */
const inLines = /(?:^|\.)(?:playbooks|after)$/;

type Where = Pick<Cursor, 'indent' | 'step' | 'eol'>;

/** What follows the colon of a new key, as a snippet: a blank and the value, or the first line below. */
export function writeBody(path: ValuePath, schemas: readonly z.ZodType[], where: Where): string {
  const expected = toExpected(schemas);
  const pattern = toPattern(path);
  const isFlow = where.indent < 0;
  if (expected.scalars.length > 0) return schemas.some((schema) => schema === infraFile.shape.version) ? ' 1' : ' $1';
  if (expected.item) {
    if (isFlow || !inLines.test(pattern)) return ' [$1]';
    return `${where.eol}${' '.repeat(where.indent + where.step)}- $1`;
  }
  if (isFlow || inBraces.test(pattern)) return ` ${writeBraces(expected)}`;
  const margin = where.eol + ' '.repeat(where.indent + where.step);
  const required = expected.fields.filter(({ isRequired }) => isRequired);
  if (required.length === 0) return `${margin}$1`;
  return required
    .map(({ name, schemas: inner }, index) => {
      const body = writeBody([...path, name], inner, { ...where, indent: where.indent + where.step });
      return `${margin}${name}:${body.replace('$1', `$${index + 1}`)}`;
    })
    .join('');
}

/** `{ type: $1 }` with the required keys. */
export function writeBraces({ fields }: Expected): string {
  const required = fields
    .filter(({ isRequired }) => isRequired)
    .map(({ name, schemas }, index) => `${name}: ${toExpected(schemas).item ? `[$${index + 1}]` : `$${index + 1}`}`);
  return required.length > 0 ? `{ ${required.join(', ')} }` : '{ $1 }';
}
