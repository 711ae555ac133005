import { t } from '#schemas/text/text.ts';
import { parseTolerantly } from '../../answers/parse-tolerantly.ts';
import { type Exchange, idOf, isRow, type Row } from '../read/exchange.ts';
import { linkedServerFields, linkFields, type WireKind, wireKinds } from './known-fields.ts';
import { finding, listWords, type SurveyCheck, type SurveyNotes } from './survey-notes.ts';

/** Every object is read by its wire schema; fields are compared with those the reference lists, nested ones too. */
export const checkObjects: SurveyCheck = (answers, notes) => {
  for (const kind of wireKinds) {
    const listed = kind.list === undefined ? undefined : answers.get(kind.list);
    if (listed !== undefined && listed.status === 200) checkList(kind, listed, notes);
    const single = kind.one === undefined ? [] : answers.matching(kind.one).filter(({ status, body }) => status === 200 && isRow(body));
    for (const { path, body } of single) checkRows(kind, patternOf(path), [body], notes);
  }
};

function checkList(kind: WireKind, { path, body }: Exchange, notes: SurveyNotes): void {
  const isList = Array.isArray(body);
  notes.expect(isList, () =>
    finding('1', 'different', 'bare-array', path, t('The list is not a bare array: its fields are {0}.', isRow(body) ? listWords(Object.keys(body)) : typeof body)),
  ); // prettier-ignore
  if (!isList) return;
  const rows = body.filter(isRow);
  if (rows.length < body.length) {
    notes.add(finding(kind.section, 'different', 'unreadable-row', path, t('Rows that are no objects: {0}.', body.length - rows.length)));
  }
  checkRows(kind, path, rows, notes);
  if (path === '/dcLocation') return;
  const ids = rows.map(idOf);
  const isGood = ids.every((id) => typeof id === 'number' && Number.isSafeInteger(id) && id > 0);
  notes.expect(isGood, () => finding('1', 'different', 'positive-ids', path, t('Ids that are not positive whole numbers.')));
  notes.expect(new Set(ids).size === ids.length, () =>
    finding('1', 'different', 'unique-ids', path, t('The same id stands in the list twice.')),
  );
}

function checkRows(kind: WireKind, path: string, rows: readonly unknown[], notes: SurveyNotes): void {
  const { section, schema, fields, optional } = kind;
  const objects = rows.filter(isRow);
  for (const row of objects) {
    const parsed = parseTolerantly(schema, row);
    const problem =
      parsed.kind === 'unreadable'
        ? t('An object cannot be read: {0} missing or of another kind.', listWords(parsed.problems))
        : parsed.dropped.length > 0
          ? t('Fields of another kind than expected: {0}.', listWords(parsed.dropped.map(withoutIndexes)))
          : undefined;
    const code = 'readable-objects';
    if (problem) notes.add(finding(section, 'different', code, path, problem));
    else notes.confirm(code);
  }
  const unknown = [
    ...objects.flatMap((row) => unknownFields(row, fields)),
    ...nested(objects, 'LinkedNetworks').flatMap((row) => unknownFields(row, linkFields, 'LinkedNetworks')),
    ...nested(objects, 'LinkedServers').flatMap((row) => unknownFields(row, linkedServerFields, 'LinkedServers')),
  ];
  if (unknown.length > 0)
    notes.add(finding(section, 'new', 'unknown-field', path, t('Fields the reference does not know: {0}.', listWords(unknown))));
  else if (objects.length > 0) notes.confirm('unknown-field');
  const missing =
    objects.length === 0 ? [] : fields.filter((field) => !optional.includes(field) && objects.every((row) => !hasField(row, field)));
  if (missing.length > 0)
    notes.add(finding(section, 'different', 'missing-field', path, t('No object has the fields {0}.', listWords(missing))));
  else if (objects.length > 0) notes.confirm('missing-field');
}

/** `Id` and `ID` are one field. */
const hasField = (row: Row, field: string): boolean => field in row || (field.toUpperCase() === 'ID' && ('ID' in row || 'Id' in row));

function unknownFields(row: Row, fields: readonly string[], under?: string): string[] {
  const names = Object.keys(row).filter((name) => !fields.includes(name) && !(name.toUpperCase() === 'ID' && fields.some((field) => field.toUpperCase() === 'ID')));
  return under === undefined ? names : names.map((name) => `${under}[].${name}`);
} // prettier-ignore

function nested(rows: readonly Row[], field: string): readonly Row[] {
  return rows.flatMap((row) => {
    const list = row[field];
    return Array.isArray(list) ? list.filter(isRow) : [];
  });
}

const withoutIndexes = (path: string): string => path.replace(/\.\d+/g, '[]');

/** `/server/900001` → `/server/{id}`: one finding for all of a kind. */
const patternOf = (path: string): string => path.replace(/\/\d+/g, '/{id}');
