import type { CompletionItem } from 'vscode-languageserver-types';
import type { LanguageRequest } from '../language-request.ts';
import {
  describeDataCentre,
  describeField,
  describeImage,
  describeLive,
  describePlaybook,
  describeVariable,
} from '../hover/describe-things.ts';
import { toMarkup } from '../values/to-markup.ts';
import type { SuggestionData } from './suggestion.ts';

/** Adds the documentation of an item that `getCompletions` gave out. An item of somebody else comes back as it is. */
export function resolveCompletion(item: CompletionItem, request: LanguageRequest): CompletionItem {
  const data = item.data as SuggestionData | null | undefined;
  const paragraphs = typeof data === 'object' && data !== null ? describe(data, request) : [];
  return paragraphs.length === 0 ? item : { ...item, documentation: toMarkup(paragraphs, request.editor) };
}

function describe(data: SuggestionData, request: LanguageRequest): readonly string[] {
  switch (data.kind) {
    case 'field':
      return describeField(data.path, undefined, request);
    case 'image':
      return describeImage(({ id }) => id === data.id, request);
    case 'data-centre':
      return describeDataCentre(({ techTitle }) => techTitle === data.techTitle, request);
    case 'live-server':
    case 'live-network':
      return describeLive(data.kind, data.id, request);
    case 'playbook':
      return describePlaybook(data.name, request);
    case 'variable': {
      const playbook = request.values.playbooks.find(({ name }) => name === data.playbook);
      const variable = playbook?.variables.find(({ name }) => name === data.name);
      return variable ? describeVariable(variable, request) : [];
    }
    default:
      // What comes back from an editor may be anything.
      data satisfies never;
      return [];
  }
}
