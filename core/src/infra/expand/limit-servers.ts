import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';

/** Servers of one project, `count` included. An account has some hundreds at most; three thousand entries with `count: 999` took a gigabyte. */
export const MAX_SERVERS = 10_000;

/** Entries as far as the limit goes, and the name of the first one beyond it. Nothing is expanded to find out. */
export function limitServers<Entry extends Pick<ServerEntry, 'count'>>(
  entries: Iterable<readonly [name: string, entry: Entry]>,
): { readonly kept: readonly (readonly [name: string, entry: Entry])[]; readonly total: number; readonly firstBeyond?: string } {
  const kept: (readonly [string, Entry])[] = [];
  let total = 0;
  let firstBeyond: string | undefined;
  for (const item of entries) {
    total += item[1].count ?? 1;
    if (total <= MAX_SERVERS && firstBeyond === undefined) kept.push(item);
    else firstBeyond ??= item[0];
  }
  return { kept, total, ...(firstBeyond === undefined ? {} : { firstBeyond }) };
}

/** The one problem of such a project. `source` is where the first entry beyond the limit stands. */
export const describeExcess = (name: string, total: number, source: SourceRange): Diagnostic =>
  createDiagnostic('too-many-servers', {
    detail: t(
      'The file declares {0} servers; at most {1} are read. The limit is reached at `{2}`. Lower `count`, or split the project.',
      total,
      MAX_SERVERS,
      name,
    ),
    source,
    address: `servers.${name}`,
  });
