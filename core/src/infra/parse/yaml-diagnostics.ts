import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import type { YAMLError } from 'yaml';
import type { ConversionProblem } from './convert-document.ts';
import type { LineIndex } from './line-index.ts';
import type { FullYaml } from './read-full-yaml.ts';
import { explainYamlError } from './yaml-messages.ts';

/** Everything the full parser found wrong, as diagnostics. */
export function toYamlDiagnostics(full: FullYaml, text: string, lines: LineIndex): readonly Diagnostic[] {
  if (full.tooDeepAt !== undefined)
    return [createDiagnostic('nested-too-deeply', { detail: tooDeep(), source: lines.toRange(full.tooDeepAt, full.tooDeepAt) })];
  const errors = firstOfEachSection(full.errors, text).map((error) => toErrorDiagnostic(error, text, lines));
  const warnings = full.warnings.map((warning) => toWarningDiagnostic(warning, lines));
  return [...errors, ...warnings, ...full.problems.map((problem) => toProblemDiagnostic(problem, lines))];
}

/** One mistake makes the parser stumble several times; what follows in the same top-level section is most likely its echo. */
function firstOfEachSection(errors: readonly YAMLError[], text: string): readonly YAMLError[] {
  const seen = new Set<number>();
  return [...errors]
    .sort((a, b) => a.pos[0] - b.pos[0])
    .filter((error) => {
      const section = findSectionStart(text, error.pos[0]);
      if (seen.has(section)) return false;
      seen.add(section);
      return true;
    });
}

/** Start of the last line at or before an offset that begins in column 0 with a word. */
export function findSectionStart(text: string, offset: number): number {
  let start = findLineStart(text, offset);
  while (start > 0 && !/[^\s#\]}-]/.test(text[start] ?? ' ')) start = findLineStart(text, start - 1);
  return start;
}

/** A search from before the first character would begin at the first one, hence the case of its own. */
const findLineStart = (text: string, offset: number): number => (offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

/** What the parser warns of, as a diagnostic. */
export const toWarningDiagnostic = (warning: YAMLError, lines: LineIndex): Diagnostic =>
  createDiagnostic('yaml-warning', { detail: explainYamlError(warning), source: lines.toRange(...warning.pos) });

/** A mistake of syntax as a diagnostic. `text` is the text that was parsed. */
export function toErrorDiagnostic(error: YAMLError, text: string, lines: LineIndex): Diagnostic {
  const source = lines.toRange(...error.pos);
  if (error.code === 'MULTIPLE_DOCS') {
    const marker = Math.max(text.lastIndexOf('\n---', error.pos[0]) + 1, 0);
    return createDiagnostic('several-documents', {
      detail: t('A second document begins here. One infra file is one document.'),
      source: lines.toRange(marker, marker + 3),
    });
  }
  const tab = findIndentTab(text, error.pos[0]);
  if (tab) {
    const place = lines.toRange(...tab);
    return createDiagnostic('tab-indentation', {
      detail: t('The line is indented with a tab. YAML allows only spaces there.'),
      source: place,
      fixes: [replaceFix(t('Replace the tabs with spaces'), place, text.slice(...tab).replaceAll('\t', '  '))],
    });
  }
  if (error.code === 'RESOURCE_EXHAUSTION') return createDiagnostic('nested-too-deeply', { detail: tooDeep(), source });
  return createDiagnostic('yaml-syntax', { detail: explainYamlError(error), source });
}

/** The indentation of the error's line, when there is a tab in it. */
function findIndentTab(text: string, offset: number): readonly [number, number] | undefined {
  const start = findLineStart(text, offset);
  const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  return indent.includes('\t') ? [start, start + indent.length] : undefined;
}

/** What the conversion found wrong, as a diagnostic. */
export function toProblemDiagnostic(problem: ConversionProblem, lines: LineIndex): Diagnostic {
  const source = lines.toRange(problem.start, problem.end);
  switch (problem.kind) {
    case 'duplicate-key':
      return createDuplicateKey(problem.key, source, lines.toRange(...problem.first));
    case 'unknown-alias': {
      const near = didYouMean(problem.alias, problem.anchors);
      return createDiagnostic('unknown-alias', {
        detail: near
          ? t('There is no anchor `&{0}` above this line. Did you mean `*{1}`?', problem.alias, near)
          : t('There is no anchor `&{0}` above this line.', problem.alias),
        source,
        fixes: near ? [replaceFix(t('Replace with `{0}`', `*${near}`), source, `*${near}`)] : [],
      });
    }
    case 'alias-expansion':
      return createDiagnostic(problem.kind, {
        detail: t('The aliases of this file stand for more than half a million values. Write them out, or use `count`.'),
        source,
      });
    case 'nested-too-deeply':
      return createDiagnostic(problem.kind, { detail: tooDeep(), source });
    case 'merge-value':
      return createDiagnostic(problem.kind, {
        detail: t('`<<` needs an alias of a mapping, such as `<<: *base`, or a list of such aliases.'),
        source,
      });
    case 'reserved-key':
      return createDiagnostic('invalid-name', {
        detail: t('`{0}` has a special meaning in the language ict is written in and cannot be a key.', '__proto__'),
        source,
      });
    default:
      return problem satisfies never;
  }
}

/** A key that stands in one mapping twice. */
export const createDuplicateKey = (key: string, source: SourceRange, first: SourceRange): Diagnostic =>
  createDiagnostic('duplicate-key', {
    detail: t('The key `{0}` stands here for the second time. Remove or rename one of the two.', key),
    source,
    related: [{ source: first, text: t('The first one is here.') }],
  });

const tooDeep = () => t('More than a hundred levels are nested in each other here. Is this an infra file?');
