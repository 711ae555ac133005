import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { ExpandedEntry } from '../../expand/expanded-infra.ts';
import type { MergedInfra } from '../../load/merge-documents.ts';

/** What a rule may look at: the merged file and its expanded entries. Entries with mistakes of form are not in it. */
export interface RuleContext extends MergedInfra {
  readonly entries: readonly ExpandedEntry[];
}

/** A rule that needs no knowledge of the cloud. It reports each cause once. */
export type Rule = (context: RuleContext) => readonly Diagnostic[];
