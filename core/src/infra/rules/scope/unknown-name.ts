import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { quote } from '../../validate/describe-found.ts';

/** A name that leads nowhere. `statement` says so with the name in it; a near name and the known ones are added. */
export function createUnknownName(
  code: DiagnosticCode,
  place: { readonly name: string; readonly source: SourceRange; readonly address: string },
  known: readonly string[],
  statement: Text,
): Diagnostic {
  const near = didYouMean(place.name, known);
  const hint = near ? t('Did you mean `{0}`?', near) : known.length > 0 ? t('Known are: {0}.', listSome(known)) : t('None is defined yet.');
  return createDiagnostic(code, {
    detail: { text: '{0} {1}', args: [statement, hint] },
    source: place.source,
    address: place.address,
    fixes: near ? [replaceFix(t('Replace with `{0}`', near), place.source, near)] : [],
  });
}

const MAX_LISTED = 12;

/** The first names of a list, quoted. */
export function listSome(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const shown = unique.slice(0, MAX_LISTED).map((name) => `\`${quote(name)}\``);
  return shown.join(', ') + (unique.length > MAX_LISTED ? ' …' : '');
}
