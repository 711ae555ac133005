import { CompletionItemKind } from 'vscode-languageserver-types';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { kindOf } from '#core/infra/validate/schema-kind.ts';
import { findText } from '../cursor/scanned.ts';
import { choicesOf, describe, type Expected } from '../schema/expected.ts';
import { valueKindAt, type ValueKind } from '../schema/value-kind.ts';
import { suggestDataCentres, suggestImages, suggestPools } from './catalog-suggestions.ts';
import { suggestIds } from './live-suggestions.ts';
import { suggestEntries, suggestSizes, suggestTargets } from './name-suggestions.ts';
import { suggestPaths } from './path-suggestions.ts';
import { suggestPlaybooks, suggestTags } from './playbook-suggestions.ts';
import {
  suggestCores,
  suggestCrons,
  suggestDisks,
  suggestDurations,
  suggestEnvironmentName,
  suggestExcludes,
  suggestMemory,
  suggestNumbers,
  suggestProject,
  suggestTexts,
  suggestThresholds,
  suggestTimeZones,
} from './preset-suggestions.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** Values for one place. `isCut`: there are more than were given out, so the list depends on what is typed. */
export interface Values {
  readonly suggestions: readonly Suggestion[];
  readonly isCut: boolean;
}

const YAML_FILE = /\.ya?ml$/i;

/** Texts, words and numbers that may stand at a path: of an item in a list, or of a value. */
export function suggestValues(place: SuggestionPlace, path: ValuePath, expected: Expected): Values {
  const kind = valueKindAt(path);
  const choices = choicesOf(expected.scalars).map(({ value, schema }): Suggestion => ({
    label: String(value),
    kind: CompletionItemKind.EnumMember,
    insert: { code: String(value) },
    detail: kindOf(schema).kind === 'choice' && expected.scalars.length > 1 ? describe(schema) : undefined,
    data: { kind: 'field', path },
  }));
  if (kind === 'target-name') return withCut(suggestTargets(place), place, path);
  if (kind === 'pool') return whole(suggestPools(place, choices));
  const named = kind ? suggestKind(kind, place) : expected.scalars.length > 0 ? suggestByKey(path, expected) : [];
  return withCut({ suggestions: [...choices, ...named], isCut: false }, place, path);
}

const whole = (suggestions: readonly Suggestion[]): Values => ({ suggestions, isCut: false });

/** What stands in a list already is not offered for it again. */
const withCut = ({ suggestions, isCut }: Values, { cursor }: SuggestionPlace, path: ValuePath): Values => ({
  suggestions: typeof path.at(-1) === 'number' ? suggestions.filter(({ label }) => !cursor.isPresent(label)) : suggestions,
  isCut,
});

function suggestByKey(path: ValuePath, { scalars }: Expected): readonly Suggestion[] {
  const key = path.findLast((segment) => typeof segment === 'string') ?? '';
  return scalars.some((schema) => kindOf(schema).kind === 'whole-number') ? suggestNumbers(key) : suggestTexts(key);
}

function suggestKind(kind: Exclude<ValueKind, 'target-name' | 'pool'>, place: SuggestionPlace): readonly Suggestion[] {
  const sibling = (name: string): string | undefined => findText(place.cursor.root, [...place.cursor.path.slice(0, 2), name]);
  switch (kind) {
    case 'data-centre':
      return suggestDataCentres(place);
    case 'image':
      return suggestImages(place);
    case 'size-name':
      return suggestSizes(place);
    case 'core-count':
      return suggestCores();
    case 'memory-size':
      return suggestMemory();
    case 'disk-size':
      return suggestDisks();
    case 'ssh-key-name':
      return suggestEntries(place, 'ssh_keys');
    case 'network-name':
      return suggestEntries(place, 'networks');
    case 'notify-name':
      return suggestEntries(place, 'notify');
    case 'playbook':
    case 'playbook-name':
      return suggestPlaybooks(place);
    case 'playbook-path':
      return suggestPaths(place, { files: YAML_FILE, likely: /playbook/i, starts: ['playbooks/'] });
    case 'playbook-tag':
      return suggestTags(place);
    case 'live-server':
    case 'live-network':
      return suggestIds(place, kind);
    case 'public-key':
      return suggestPaths(place, { files: /\.pub$/, starts: ['~/.ssh/'] });
    case 'app-source':
      return suggestPaths(place, { files: undefined, starts: ['.'] });
    case 'include-path':
      return suggestPaths(place, { files: YAML_FILE, likely: /infra\.ya?ml$/i });
    case 'price-path':
      return suggestPaths(place, { files: YAML_FILE, likely: /price/i, starts: ['prices.yaml'] });
    case 'exclude-pattern':
      return suggestExcludes();
    case 'command':
      return suggestTexts('after');
    case 'cron':
      return suggestCrons(place);
    case 'time-zone':
      return suggestTimeZones();
    case 'duration':
      return suggestDurations();
    case 'threshold':
      return suggestThresholds(sibling('metric'), place.cursor.path.at(-1) === 'below');
    case 'project-name':
      return suggestProject(place);
    case 'environment-name':
      return suggestEnvironmentName(sibling('type'));
    default:
      return kind satisfies never;
  }
}
