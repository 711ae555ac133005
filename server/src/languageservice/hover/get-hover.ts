import type { Hover, Position } from 'vscode-languageserver-types';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { listInstances } from '#core/infra/expand/expand-entry.ts';
import { inheritedFields, type InheritedField } from '#core/infra/expand/expanded-infra.ts';
import { findDataCentre } from '#core/infra/resolve/find-data-centre.ts';
import { findImage } from '#core/infra/resolve/find-image.ts';
import { t } from '#schemas/text/text.ts';
import { findVariable } from '../schema/find-variable.ts';
import { findCursor, type Cursor } from '../cursor/find-cursor.ts';
import { findText } from '../cursor/scanned.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { joinTexts, listHardware } from '../schema/hardware-text.ts';
import { expectedAt } from '../schema/expected.ts';
import { isVariablesPath, valueKindAt } from '../schema/value-kind.ts';
import { listLiveServers } from '../values/panel-values.ts';
import { toCode, toMarkup } from '../values/to-markup.ts';
import { describeAllEffective, describeEffective } from './describe-effective.ts';
import { describeSchedule } from './describe-schedule.ts';
import {
  describeDataCentre,
  describeField,
  describeImage,
  describeLive,
  describePlaybook,
  describeVariable,
  printValue,
} from './describe-things.ts';

/** What a key, name or value means: undefined where there is nothing to say. Never waits for anything. */
export function getHover(document: OpenDocument, position: Position, request: LanguageRequest): Hover | undefined {
  const cursor = findCursor(document, position);
  if (!cursor || cursor.word === '') return undefined;
  const place: HoverPlace = { document, cursor, request, word: unquote(cursor.word) };
  const isKey = cursor.kind === 'key' || (cursor.kind === 'open' && expectsKeys(cursor));
  const paragraphs = isKey ? describeKey(place, [...cursor.path, place.word]) : describeValue(place);
  return paragraphs.length === 0 ? undefined : { contents: toMarkup(paragraphs, request.editor), range: cursor.range };
}

interface HoverPlace {
  readonly document: OpenDocument;
  readonly cursor: Cursor;
  readonly request: LanguageRequest;
  readonly word: string;
}

const unquote = (word: string): string => {
  const text = word.trim();
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
};

const expectsKeys = ({ path, root }: Cursor): boolean => (expectedAt(path, root)?.fields.length ?? 0) > 0;

function describeKey(place: HoverPlace, path: ValuePath): readonly string[] {
  const { document, cursor, request } = place;
  const [section, name, field] = path;
  if (isVariablesPath(path.slice(0, -1))) {
    const variable = findVariable(place, path);
    return variable ? describeVariable(variable, request) : [];
  }
  const about = describeField(path, cursor.root, request);
  if (path.length === 2 && isEntrySection(cursor, section))
    return [...describeEntry(place, String(section), String(name)), ...about.slice(0, 1)];
  if (section !== 'servers' || path.length !== 3) return about;
  const entry = document.analysis.expandedOf(String(name));
  if (entry && field === 'count') return [...about, ...describeInstances(entry.instances, request)];
  return entry && isInherited(field) ? [...describeEffective(entry, field, document.model.file, request), ...about] : about;
}

const isEntrySection = ({ root }: Cursor, section: string | number | undefined): boolean =>
  section !== undefined && expectedAt([section], root)?.record !== undefined;

const isInherited = (field: unknown): field is InheritedField => (inheritedFields as readonly unknown[]).includes(field);

/** What an entry of a section comes to. */
function describeEntry({ document, cursor, request }: HoverPlace, section: string, name: string): readonly string[] {
  const { analysis } = document;
  const { infra } = analysis.definitions;
  switch (section) {
    case 'servers': {
      const entry = analysis.expandedOf(name);
      if (!entry) return [];
      const live = listLiveServers(entry, request.values).slice(0, 3);
      return [
        ...(entry.entry.count === undefined ? [] : describeInstances(entry.instances, request)),
        describeAllEffective(entry, document.model.file, request),
        ...live.flatMap(({ id }) => describeLive('live-server', id, request)),
      ].filter((paragraph) => paragraph !== '');
    }
    case 'sizes': {
      const size = infra.sizes?.[name];
      return size ? [request.render(joinTexts(listHardware(size)))] : [];
    }
    case 'networks': {
      const live = request.values.live?.value.networks.find((network) => network.name === name);
      return live ? describeLive('live-network', live.id, request) : [];
    }
    case 'schedules':
      return describeRuns(cursor, ['schedules', name], request);
    default:
      return [];
  }
}

function describeRuns({ root }: Cursor, path: ValuePath, request: LanguageRequest): readonly string[] {
  const cron = findText(root, [...path, 'cron']);
  return cron === undefined ? [] : describeSchedule(cron, findText(root, [...path, 'timezone']), request);
}

/** `web-1, web-2, web-3 … web-9`. */
function describeInstances(instances: readonly string[], { render }: LanguageRequest): readonly string[] {
  const [first, second, third] = instances;
  const last = instances.at(-1);
  if (first === undefined || last === undefined) return [render(t('No server is made from this entry.'))];
  const names =
    instances.length <= 4
      ? instances.map(toCode).join(', ')
      : `${[first, second, third].map((name) => toCode(name ?? '')).join(', ')} … ${toCode(last)}`;
  return [render(t('Servers: {0}.', names))];
}

/** What a value names; of plain words and numbers what their key means. */
function describeValue(place: HoverPlace): readonly string[] {
  const { cursor, request, word } = place;
  const named = describeNamed(place);
  if (named.length > 0) return named;
  const { path, root } = cursor;
  const own = expectedAt(path, root);
  if (path[0] === 'servers' && path.length === 3 && typeof path[2] === 'string') return describeKey(place, path);
  if (own && own.scalars.length > 1 && path.at(-1) === 'type') return [`**${word}**`, ...describeField(path, root, request)];
  const key = path.slice(0, path.findLastIndex((segment) => typeof segment === 'string') + 1);
  return describeField(key, root, request);
}

function describeNamed({ document, cursor, request, word }: HoverPlace): readonly string[] {
  const { analysis } = document;
  const { catalog } = request.values;
  switch (valueKindAt(cursor.path)) {
    case 'image': {
      const name = findText(cursor.root, [...cursor.path.slice(0, 2), 'dc']) ?? analysis.definitions.infra.defaults?.dc;
      const centre = catalog && name !== undefined ? findDataCentre(catalog.value, name) : undefined;
      const found = catalog && findImage(catalog.value, word, centre?.kind === 'found' ? centre.thing.techTitle : undefined);
      return found?.kind === 'found' ? describeImage(({ id }) => id === found.thing.id, request) : [];
    }
    case 'data-centre': {
      const found = catalog && findDataCentre(catalog.value, word);
      if (found?.kind === 'ambiguous')
        return found.things.flatMap((thing) => describeDataCentre(({ techTitle }) => techTitle === thing.techTitle, request));
      return found?.kind === 'found' ? describeDataCentre(({ techTitle }) => techTitle === found.thing.techTitle, request) : [];
    }
    case 'size-name': {
      const size = analysis.definitions.infra.sizes?.[word];
      return size ? [`**${word}**: ${request.render(joinTexts(listHardware(size)))}`] : [];
    }
    case 'network-name': {
      const network = analysis.definitions.infra.networks?.[word];
      return network
        ? [`**${word}**: ${toCode(printValue(network))}`, ...describeEntry({ document, cursor, request, word }, 'networks', word)]
        : [];
    }
    case 'ssh-key-name': {
      const key = analysis.definitions.infra.ssh_keys?.[word];
      return key === undefined ? [] : [`**${word}**: ${toCode(key.length > 60 ? `${key.slice(0, 57)}…` : key)}`];
    }
    case 'notify-name': {
      const channel = analysis.definitions.infra.notify?.[word];
      return channel ? [`**${word}**: ${toCode(channel.type)}`] : [];
    }
    case 'target-name':
      return describeTarget({ document, cursor, request, word });
    case 'playbook':
    case 'playbook-name':
      return describePlaybook(word, request);
    case 'live-server':
    case 'live-network':
      return describeLive(valueKindAt(cursor.path) === 'live-server' ? 'live-server' : 'live-network', Number(word), request);
    case 'cron':
      return describeRuns(cursor, cursor.path.slice(0, 2), request);
    default:
      return [];
  }
}

function describeTarget({ document, request, word }: HoverPlace): readonly string[] {
  const group = document.analysis.definitions.infra.groups?.[word];
  if (group) return [request.render(t('Group of {0}.', group.servers.map(toCode).join(', ')))];
  const entry = document.analysis.expandedOf(word);
  if (entry)
    return [
      `**${word}**: ${request.render(joinTexts(listHardware(entry.values)))}`,
      ...describeInstances(listInstances(word, entry.entry.count), request),
    ];
  return [];
}
