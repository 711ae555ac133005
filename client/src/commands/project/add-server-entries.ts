/** A server of the account, as an entry shall describe it. */
export interface AdoptedServer {
  readonly name: string;
  readonly id: number;
  readonly isOn: boolean;
  readonly dc?: string | undefined;
  readonly image?: string | undefined;
  readonly pool?: string | undefined;
  readonly cpu: number;
  readonly ramMb: number;
  readonly diskGb: number;
  readonly diskType?: string | undefined;
}

/** One replacement between two offsets of the text, or the name of an entry that is there already. */
export type Addition =
  | { readonly kind: 'added'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'taken'; readonly name: string; readonly id: number };

/** One line of a text with the offset it begins at. */
interface Line {
  readonly start: number;
  readonly text: string;
}

/**
 * Adds entries at the end of `servers`, or that section at the end of the text. They say everything the panel tells, so that
 * adopting changes nothing in the cloud.
 */
export function addServerEntries(text: string, servers: readonly AdoptedServer[]): Addition {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = splitLines(text);
  const at = lines.findIndex((line) => /^["']?servers["']?\s*:/.test(line.text));
  const section = lines[at];
  if (!section) {
    const gap = text === '' || text.endsWith('\n') ? '' : eol;
    return added(text.length, text.length, `${gap}servers:${eol}${writeEntries(servers, '  ', eol)}`);
  }
  const body = lines.slice(at + 1, endOfSection(lines, at + 1));
  const taken = servers.find(({ name }) => body.some((line) => nameOf(line.text) === name));
  if (taken) return { kind: 'taken', name: taken.name, id: taken.id };
  if (servers.length === 0) return added(text.length, text.length, '');
  const flow = /^(?<key>[^:]*:\s*)(?<open>\{\s*)(?<rest>.*)$/.exec(section.text);
  if (flow) return addInBraces(section, flow, servers);
  // Behind the last line that belongs to it; comments and blank lines below may belong to what follows.
  const last = body.findLast((line) => line.text.trim() !== '' && !/^\s*#/.test(line.text)) ?? section;
  const margin =
    body.map((line) => /^(?<margin> +)[^\s#]/.exec(line.text)?.groups?.['margin']).find((found) => found !== undefined) ?? '  ';
  const end = last.start + last.text.length;
  return added(end, end, `${eol}${writeEntries(servers, margin, eol).trimEnd()}`);
}

/** `servers: { … }`: in front of what is there. */
function addInBraces(section: Line, flow: RegExpExecArray, servers: readonly AdoptedServer[]): Addition {
  const { key = '', open = '', rest = '' } = flow.groups ?? {};
  const start = section.start + key.length;
  const entries = servers.map((server) => `${server.name}: { ${membersOf(server).join(', ')} }`).join(', ');
  return added(start, start + open.length, rest.startsWith('}') ? `{ ${entries} ` : `{ ${entries}, `);
}

const added = (start: number, end: number, text: string): Addition => ({ kind: 'added', start, end, text });

const writeEntries = (servers: readonly AdoptedServer[], margin: string, eol: string): string =>
  servers
    .map((server) => [`${margin}${server.name}:`, ...membersOf(server).map((member) => `${margin}${margin}${member}`)].join(eol) + eol)
    .join('');

function membersOf({ id, isOn, dc, image, pool, cpu, ramMb, diskGb, diskType }: AdoptedServer): readonly string[] {
  const optional = (key: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [`${key}: ${quote(value)}`]);
  return [
    `id: ${id}`,
    ...optional('dc', dc),
    ...optional('pool', pool),
    ...optional('image', image),
    `cpu: ${cpu}`,
    `ram: ${ramMb % 1024 === 0 ? `${ramMb / 1024} GB` : `${ramMb} MB`}`,
    `disk: ${diskGb} GB`,
    ...optional('disk_type', diskType),
    ...(isOn ? [] : ['power: off']),
  ];
}

/** Words as they are; anything that YAML could take for something else in quotes. */
const quote = (value: string): string =>
  /^[A-Za-z][\w.-]*$/.test(value) && !/^(?:true|false|null)$/i.test(value) ? value : `'${value.replaceAll("'", "''")}'`;

const nameOf = (line: string): string | undefined => /^\s+["']?(?<name>[A-Za-z0-9_-]+)["']?\s*:/.exec(line)?.groups?.['name'];

/** Index of the first line behind a section: something that begins in the first column. */
function endOfSection(lines: readonly Line[], from: number): number {
  const index = lines.findIndex(({ text }, at) => at >= from && /^[^\s#}]/.test(text));
  return index < 0 ? lines.length : index;
}

function splitLines(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { start, text: raw.endsWith('\r') ? raw.slice(0, -1) : raw };
    start += raw.length + 1;
    return line;
  });
}
