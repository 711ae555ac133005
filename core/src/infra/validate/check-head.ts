import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { isReservedName } from '#schemas/infra/reserved-name.ts';
import { INFRA_FORMAT } from '#schemas/infra/infra-file.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import type { ParsedYaml } from '../parse/parse-yaml.ts';
import { describeFound } from './describe-found.ts';
import { isMapping } from './schema-kind.ts';

/** What the head of a file says. A foreign file is another format: no other message about it would help. */
export interface Head {
  readonly isForeign: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks that a file is an infra file of our format: `version`, `project`, and not the format of the earlier ict. */
export function checkHead(parsed: ParsedYaml, role: 'main' | 'included'): Head {
  const { value, locate } = parsed;
  if (!isMapping(value)) {
    const detail = t('An infra file is a mapping with keys such as `version`, `project` and `servers`; found {0}.', describeFound(value));
    return { isForeign: true, diagnostics: [createDiagnostic('wrong-type', { detail, source: locate([], 'value') })] };
  }
  const old = findOldGroup(value);
  if (old !== undefined) {
    const detail = t(
      'The group `{0}` has `VDC_options`, as in files of the earlier ict in Python. Convert the file with `ict convert`.',
      old,
    );
    return { isForeign: true, diagnostics: [createDiagnostic('old-format', { detail, source: locate([old], 'key') })] };
  }
  const version = checkVersion(parsed, value, role);
  if (typeof value['version'] === 'number' && value['version'] > INFRA_FORMAT) return { isForeign: true, diagnostics: version };
  return { isForeign: false, diagnostics: [...version, ...(role === 'main' ? checkProject(parsed, value) : [])] };
}

function findOldGroup(value: Readonly<Record<string, unknown>>): string | undefined {
  if ('version' in value) return undefined;
  return Object.keys(value).find((name) => isMapping(value[name]) && 'VDC_options' in value[name]);
}

function checkVersion({ locate }: ParsedYaml, value: Readonly<Record<string, unknown>>, role: 'main' | 'included'): readonly Diagnostic[] {
  const { version } = value;
  if (version === INFRA_FORMAT || version === null) return [];
  if ('version' in value) {
    const source = locate(['version'], 'value');
    const detail = t('`version` is {0}; this ict reads version {1}.', describeFound(version), INFRA_FORMAT);
    const isMeant = version === '1' || version === '1.0';
    return [
      createDiagnostic('unsupported-version', {
        detail,
        source,
        fixes: isMeant ? [replaceFix(t('Replace with `{0}`', '1'), source, '1')] : [],
      }),
    ];
  }
  if (role === 'included' || isMisspelt('version', value)) return [];
  const start = startOf(locate([], 'key'));
  const fixes = [replaceFix(t('Add `{0}`', 'version: 1'), start, 'version: 1\n')];
  return [createDiagnostic('missing-version', { detail: t('Write `version: 1` as the first line.'), source: start, fixes })];
}

function checkProject({ locate }: ParsedYaml, value: Readonly<Record<string, unknown>>): readonly Diagnostic[] {
  const { project } = value;
  if (typeof project === 'string' && isReservedName(project)) {
    const detail = t(
      '`.ict/{0}` cannot be made on Windows, where `{0}` is a device. Choose another name, such as `{1}`.',
      project,
      `${project}-servers`,
    );
    return [createDiagnostic('reserved-name', { detail, source: locate(['project'], 'value') })];
  }
  if ('project' in value || isMisspelt('project', value)) return [];
  const source = 'version' in value ? locate(['version'], 'key') : startOf(locate([], 'key'));
  return [createDiagnostic('missing-project', { detail: t('Give the project a name: `project: NAME`.'), source })];
}

/** A misspelt key is said once, where it stands. */
const isMisspelt = (key: string, value: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(value).some((other) => didYouMean(other, [key]) === key);

const startOf = (range: SourceRange): SourceRange => ({ ...range, end: range.start });
