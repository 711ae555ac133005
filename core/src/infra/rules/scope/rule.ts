import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { DefaultsEntry } from '#schemas/infra/server-entry.ts';
import type { ExpandedEntry, InheritedField } from '../../expand/expanded-infra.ts';
import type { MergedInfra } from '../../load/merge-documents.ts';
import type { ServerNames } from './server-names.ts';

/** A section of the infra file whose names or values a rule can look at. */
export type Section = Exclude<keyof InfraFile, 'version' | 'project' | 'include'>;

/** A merged file, and what is known of the files it names. Their paths are given as the infra file writes them. */
export interface RuleInput extends MergedInfra {
  /** The path of a file that is named; relative ones start at the folder of the main file. */
  readonly resolvePath: (path: string) => string;
  /** Whether there is such a file; undefined while nobody has looked. */
  readonly fileExists: (path: string) => boolean | undefined;
}

/**
 * What a rule sees: the sections that it declares in `reads`, and no others; so that whoever runs it knows when to run it again.
 * `isBroken` is false for sections that are not declared.
 */
export interface EntryContext extends RuleInput {
  /** The entries of `servers` in `infra` with what they inherit; empty unless the rule needs them. */
  readonly entries: readonly ExpandedEntry[];
}

/** As {@link EntryContext}, with the names of all servers in place of the servers. */
export interface NamesContext extends MergedInfra {
  readonly names: ServerNames;
}

/**
 * How much a rule for entries looks at of a section:
 * - `each`: it checks every entry of the section (`defaults` counts as one), without regard to the others of that section;
 * - `names`: whether names that the entry gives exist, and where one does not, which do; the values are not there;
 * - `fields`: which of these fields the entry gets from `defaults` or from its size; the values are not there, except for the size that
 *   `defaults` names;
 * - `values`: some keys of `defaults`, with their values.
 */
export interface EntryReads {
  readonly servers?: 'each';
  readonly defaults?: 'each' | Fields | { readonly values: readonly (keyof DefaultsEntry)[] };
  readonly sizes?: 'each' | 'names' | Fields;
  readonly ssh_keys?: 'each' | 'names';
  readonly networks?: 'each' | 'names';
  readonly notify?: 'each' | 'names';
  readonly groups?: 'each';
  readonly alerts?: 'each';
  readonly schedules?: 'each';
}

/** Fields that an entry can inherit. */
export interface Fields {
  readonly fields: readonly InheritedField[];
}

interface EntryRuleBase {
  /** What it says of an entry depends on that entry and on the rest of `reads` alone: the editor runs it for what was edited. */
  readonly scope: 'entry';
  readonly reads: EntryReads;
  readonly check: (context: EntryContext) => readonly Diagnostic[];
}

/** A rule about single entries. */
export type EntryRule = EntryRuleBase &
  (
    | { readonly needs: 'merged' | 'expanded' }
    | {
        /** Looks at whether files exist. */
        readonly needs: 'files';
        /** Paths that it asks for with `fileExists`, as they are written. */
        readonly listFiles: (infra: InfraFile) => readonly string[];
      }
  );

/** A rule about the names of all servers together, and about sections that name them. Run when a name has changed. */
export interface NamesRule {
  readonly scope: 'names';
  readonly reads: readonly Exclude<Section, 'servers'>[];
  readonly check: (context: NamesContext) => readonly Diagnostic[];
}

/** A rule about the file as a whole, whatever servers there are. */
export interface FileRule {
  readonly scope: 'file';
  readonly reads: readonly Exclude<Section, 'servers'>[];
  readonly check: (context: MergedInfra) => readonly Diagnostic[];
}

/** A rule that needs no knowledge of the cloud. It reports each cause once. */
export type Rule = EntryRule | NamesRule | FileRule;

/** One problem, with the rule that found it: rules have an order. */
export type Finding = readonly [rule: Rule, diagnostic: Diagnostic];
