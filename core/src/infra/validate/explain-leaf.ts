import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { Fix } from '#core/diagnostics/diagnostic.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t, verbatim, type Text } from '#schemas/text/text.ts';
import type * as z from 'zod';
import type { ValuePath } from '../parse/position-tree.ts';
import { describeExpected, hasOwnWords, joinAlternatives } from './describe-expected.ts';
import { describeFound, quote } from './describe-found.ts';
import type { Explanation } from './explain-value.ts';
import { formatPath } from './format-path.ts';
import { hasKind } from './pick-branch.ts';
import { kindOf, unwrap } from './schema-kind.ts';

/** A scalar or list that its schema refuses: of another kind, not one of the allowed words, or out of form or range. */
export function explainLeaf(schema: z.ZodType, value: unknown, path: ValuePath, to: Explanation): void {
  const kind = kindOf(schema);
  if (kind.kind === 'choice') explainChoice(kind.values, value, path, to);
  else if (!hasKind(schema, value)) explainType(schema, value, path, to);
  else {
    const limit = describeLimit(schema, value);
    const name = formatPath(path);
    to.diagnostics.push(
      createDiagnostic('invalid-value', {
        detail: limit ? t('`{0}` must be {1}; found {2}.', name, limit, describeFound(value)) : describeForm(schema, value, name),
        source: to.locate(path, 'value'),
        address: name,
      }),
    );
  }
}

/** A value of another kind than the schema takes. */
export function explainType(schema: z.ZodType, value: unknown, path: ValuePath, to: Explanation): void {
  const name = formatPath(path);
  const source = to.locate(path, 'value');
  to.diagnostics.push(
    createDiagnostic('wrong-type', {
      detail: t('`{0}` needs {1}; found {2}.', name, describeExpected(schema), describeFound(value)),
      source,
      address: name,
      fixes: convertFixes(schema, value, source),
    }),
  );
}

/** A key without a value. */
export function explainEmpty(schema: z.ZodType, path: ValuePath, to: Explanation): void {
  const name = formatPath(path);
  to.diagnostics.push(
    createDiagnostic('empty-value', {
      detail: t('`{0}` has no value. Expected is {1}.', name, describeExpected(schema)),
      source: to.locate(path, 'key'),
      address: name,
    }),
  );
}

/** A word that is not one of the allowed ones. */
export function explainChoice(allowed: readonly (string | number | boolean)[], value: unknown, path: ValuePath, to: Explanation): void {
  const name = formatPath(path);
  const source = to.locate(path, 'value');
  const words = allowed.map(String);
  const near = findNear(value, words);
  const list = joinAlternatives(allowed.map((word) => verbatim(`\`${word}\``)));
  to.diagnostics.push(
    createDiagnostic('unknown-value', {
      detail: near
        ? t('`{0}` is {1}; found {2}. Did you mean `{3}`?', name, list, describeFound(value), near)
        : t('`{0}` is {1}; found {2}.', name, list, describeFound(value)),
      source,
      address: name,
      fixes: near ? [replaceFix(t('Replace with `{0}`', near), source, near)] : [],
    }),
  );
}

/** A key of a section that cannot be a name. */
export function explainName(schema: z.ZodType, name: string, path: ValuePath, to: Explanation): void {
  const description = (schema.meta() ?? unwrap(schema).meta())?.description;
  const rule: Text = description === undefined ? describeExpected(schema) : { text: description };
  to.diagnostics.push(
    createDiagnostic('invalid-name', {
      detail: t('`{0}` cannot be a name here. {1}', quote(name), rule),
      source: to.locate(path, 'key'),
      address: formatPath(path.slice(0, -1)),
    }),
  );
}

/** `true` for `on` and back: YAML 1.1 took these words for the same, and many people still do. */
const BOOLEAN_WORDS: Readonly<Record<string, string>> = { on: 'true', yes: 'true', y: 'true', off: 'false', no: 'false', n: 'false' };

function findNear(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value === 'boolean') return words.find((word) => BOOLEAN_WORDS[word] === String(value));
  return typeof value === 'string' || typeof value === 'number' ? didYouMean(String(value), words) : undefined;
}

/** Fixes that write the same value in the kind that is needed. */
function convertFixes(schema: z.ZodType, value: unknown, source: SourceRange): readonly Fix[] {
  const replacement = convert(schema, value);
  return replacement === undefined ? [] : [replaceFix(t('Replace with `{0}`', replacement), source, replacement)];
}

function convert(schema: z.ZodType, value: unknown): string | undefined {
  const kind = kindOf(schema).kind;
  const accepts = (candidate: unknown): boolean => schema.safeParse(candidate).success;
  if (kind === 'boolean' && typeof value === 'string') return BOOLEAN_WORDS[value.toLowerCase()];
  if ((kind === 'number' || kind === 'whole-number') && typeof value === 'string' && /^\d+$/.test(value) && accepts(Number(value)))
    return value;
  if (kind === 'text' && (typeof value === 'number' || typeof value === 'boolean') && accepts(String(value))) return `"${value}"`;
  if (kind === 'list' && typeof value === 'string' && accepts([value]) && /^[\w.-]+$/.test(value)) return `[${value}]`;
  return undefined;
}

interface Limits {
  readonly code: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly origin?: string;
  readonly format?: string;
}

/** The limit that a number, text or list passes, in words; undefined when it is a matter of form. */
function describeLimit(schema: z.ZodType, value: unknown): Text | undefined {
  const issue = schema.safeParse(value).error?.issues[0] as Limits | undefined;
  if (issue?.code === 'too_small' && issue.minimum !== undefined) {
    if (issue.origin === 'string' || issue.origin === 'array') return t('filled in');
    return Number(issue.minimum) === 0 && kindOf(schema).kind === 'whole-number'
      ? t('a whole number above zero')
      : t('at least {0}', Number(issue.minimum));
  }
  if (issue?.code === 'too_big' && issue.maximum !== undefined) return t('at most {0}', Number(issue.maximum));
  if (issue?.code === 'invalid_type' && typeof value === 'number') return t('a whole number');
  if (issue?.format === 'url') return t('an address such as `https://example.org/hook`');
  if (issue?.format === 'starts_with') return t('a path that begins with `/`');
  return undefined;
}

/** A text that has not the form it needs: the field's own description is the rule. */
function describeForm(schema: z.ZodType, value: unknown, name: string): Text {
  const description = (schema.meta() ?? unwrap(schema).meta())?.description;
  return kindOf(schema).kind === 'text' && description !== undefined && !hasOwnWords(schema)
    ? t('{1} cannot stand at `{0}`. {2}', name, describeFound(value), { text: description })
    : t('`{0}` needs {1}; found {2}.', name, describeExpected(schema), describeFound(value));
}
