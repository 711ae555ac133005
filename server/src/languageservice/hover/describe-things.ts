import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { isMapping } from '#core/infra/validate/schema-kind.ts';
import type { PlaybookVariable } from '#schemas/playbooks/describe-variables.ts';
import type { DataCentre, Image } from '#schemas/state/actual.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { ScannedNode } from '../cursor/scanned.ts';
import type { LanguageRequest } from '../language-request.ts';
import { exampleAt } from '../schema/examples.ts';
import { choicesOf, expectedAt } from '../schema/expected.ts';
import { joinTexts, listHardware, listPools } from '../schema/hardware-text.ts';
import { limitsAt } from '../schema/limits-text.ts';
import { describeStaleness } from '../values/describe-age.ts';
import { formatDefault } from '../values/format-default.ts';
import type { Aged } from '../values/known-values.ts';
import { escapeMarks, toCode } from '../values/to-markup.ts';

/** Paragraphs in Markdown; none when there is nothing to say. */
type Paragraphs = readonly string[];

/** Meaning, allowed words, limits and an example of a key. `root` are the lines around, where there are some. */
export function describeField(path: ValuePath, root: ScannedNode | undefined, { render }: LanguageRequest): Paragraphs {
  const expected = expectedAt(path, root);
  if (!expected) return [];
  const words = choicesOf(expected.scalars).map(({ value }) => toCode(String(value)));
  const limits = limitsAt(path);
  const example = exampleAt(path);
  return [
    expected.description ? render(expected.description) : '',
    words.length > 1 ? render(t('Allowed: {0}.', words.join(', '))) : '',
    limits ? render(limits) : '',
    example === undefined ? '' : `${render(t('Example'))}:\n\n${toBlock(example)}`,
  ].filter((paragraph) => paragraph !== '');
}

const toBlock = (code: string): string => `\`\`\`yaml\n${code}\n\`\`\``;

/** An image of the catalogue. */
export function describeImage(isMeant: (image: Image) => boolean, { values: { catalog }, ...request }: LanguageRequest): Paragraphs {
  const image = catalog?.value.images.find(isMeant);
  if (!catalog || !image) return [];
  const { displayName, name, id, family, dc, minDiskGb } = image;
  const centre = dc === undefined ? undefined : (catalog.value.dataCentres.find(({ techTitle }) => techTitle === dc)?.title ?? dc);
  const facts: readonly Text[] = [
    t('technical name {0}', toCode(name)),
    t('id {0}', id),
    ...(family === undefined ? [] : [t('family {0}', escapeMarks(family))]),
    ...(minDiskGb === undefined ? [] : [t('disk of at least {0} GB', minDiskGb)]),
    ...(centre === undefined ? [] : [t('only in {0}', escapeMarks(centre))]),
  ];
  return [`**${escapeMarks(displayName)}**: ${request.render(joinTexts(facts))}`, ...listAge(catalog, request)];
}

/** A data centre of the catalogue. */
export function describeDataCentre(
  isMeant: (centre: DataCentre) => boolean,
  { values: { catalog }, ...request }: LanguageRequest,
): Paragraphs {
  const centre = catalog?.value.dataCentres.find(isMeant);
  if (!catalog || !centre) return [];
  const { title, techTitle, shortTitle, city, hasBackup } = centre;
  const facts: readonly Text[] = [
    t('technical name {0}', toCode(techTitle)),
    ...(shortTitle === undefined ? [] : [t('short title {0}', toCode(shortTitle))]),
    ...(city === undefined ? [] : [{ text: '{0}', args: [escapeMarks(city)] }]),
    t('pools: {0}', listPools(centre).join(', ')),
    ...(hasBackup === undefined ? [] : [hasBackup ? t('with backups') : t('without backups')]),
  ];
  return [`**${escapeMarks(title)}**: ${request.render(joinTexts(facts))}`, ...listAge(catalog, request)];
}

/** A server or network of the account, as it was last read. */
export function describeLive(
  kind: 'live-server' | 'live-network',
  id: number,
  { values: { live }, ...request }: LanguageRequest,
): Paragraphs {
  if (!live) return [];
  if (kind === 'live-network') {
    const network = live.value.networks.find((other) => other.id === id);
    if (!network) return [];
    const servers = live.value.servers.filter((server) => network.serverIds.includes(server.id)).map(({ name }) => toCode(name));
    const facts =
      servers.length > 0 ? request.render(t('linked servers: {0}', servers.join(', '))) : request.render(t('no linked servers'));
    return [`**${escapeMarks(network.name)}** (${id}): ${facts}`, ...listAge(live, request)];
  }
  const server = live.value.servers.find((other) => other.id === id);
  if (!server) return [];
  const { cpu, ramMb, diskGb, diskType, image, dc, ip, isPowerOn } = server;
  const facts: readonly Text[] = [
    isPowerOn ? t('running') : t('stopped'),
    ...listHardware({ cpu, ram: ramMb, disk: diskGb, disk_type: diskType }),
    ...[image, dc, ip].flatMap((fact) => (fact === undefined ? [] : [{ text: '{0}', args: [toCode(fact)] }])),
  ];
  return [`**${escapeMarks(server.name)}** (${id}): ${request.render(joinTexts(facts))}`, ...listAge(live, request)];
}

/** A playbook that ict ships, with its tags and variables. */
export function describePlaybook(name: string, { values, render }: LanguageRequest): Paragraphs {
  const playbook = values.playbooks.find((other) => other.name === name);
  if (!playbook) return [];
  const { summary, tags, variables } = playbook;
  const lines = variables.map(({ name: variable, summary: meaning }) => `- ${toCode(variable)}: ${escapeMarks(render(meaning))}`);
  return [
    `**${escapeMarks(name)}**: ${escapeMarks(render(summary))}`,
    tags.length > 0 ? `${render(t('Tags'))}: ${tags.map(toCode).join(', ')}` : '',
    lines.length > 0 ? `${render(t('Variables'))}:\n\n${lines.join('\n')}` : '',
  ].filter((paragraph) => paragraph !== '');
}

/** A variable of a bundled playbook. */
export function describeVariable(variable: PlaybookVariable, { render }: LanguageRequest): Paragraphs {
  const { summary, type, isRequired } = variable;
  const defaultText = formatDefault(variable);
  const facts: readonly Text[] = [
    t('type {0}', toCode(type)),
    ...(defaultText === undefined ? [] : [t('default {0}', toCode(defaultText))]),
    ...(isRequired ? [t('required')] : []),
  ];
  return [escapeMarks(render(summary)), render(joinTexts(facts))];
}

/** How old what was said is, once that matters. */
function listAge(value: Aged<unknown>, request: Pick<LanguageRequest, 'elapsed' | 'language' | 'render'>): Paragraphs {
  const age = describeStaleness(value, request);
  return age === undefined ? [] : [`_${request.render(t('Read {0}.', age))}_`];
}

/** A value of the file in one line, as code. */
export function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (isMapping(value))
    return `{ ${Object.entries(value)
      .map(([key, member]) => `${key}: ${printValue(member)}`)
      .join(', ')} }`.replace('{  }', '{}');
  return String(value);
}
