import type { Position, Range } from 'vscode-languageserver-types';

/** An infra file for measuring a language server, and the places where it is asked. Positions are those of the text. */
export interface ProbedText {
  readonly text: string;
  readonly lineCount: number;
  /** Writing this there makes one more problem. */
  readonly edit: { readonly at: Position; readonly text: string };
  /** A place on a new line of an entry where the first letter of a key is typed, and what must be offered then. */
  readonly newKey: { readonly at: Position; readonly line: string; readonly typed: string; readonly expected: string };
  readonly hover: Position;
  /** A name that is defined elsewhere in the file. */
  readonly name: Position;
  /** What an editor shows at once. */
  readonly view: Range;
}

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDWOCLUqSEjYVvpbbtcAxyjgpodX0YwC4Jzo8+KteNf+';
const DCS = ['Xelent', 'DataSpace', 'SDN Minsk'];
const IMAGES = ['Ubuntu 20.4 x64', 'Ubuntu 22.4 x64', 'Debian 11', 'Debian 12'];
const ROLES = ['web', 'api', 'db', 'cache', 'queue', 'worker'];

/** Makes a file of about so many lines. The same number gives the same text. */
export function generateProbed(wantedLines: number): ProbedText {
  const servers = Math.max(2, Math.round((wantedLines - 20) / 12.6));
  const lines = [
    '# An infra file, generated for measurements',
    'version: 1',
    'project: bench',
    'defaults: { dc: Xelent, image: Ubuntu 20.4 x64 }',
    `ssh_keys: { ops: '${KEY} ops' }`,
    'sizes:',
    ...Array.from(
      { length: Math.max(2, servers / 50) },
      (_, index) => `  size-${index + 1}: { cpu: ${(index % 8) + 1}, ram: 2 GB, disk: 20 GB }`,
    ),
    'networks:',
    ...Array.from({ length: Math.max(2, servers / 25) }, (_, index) => `  net-${index + 1}: { dhcp: true }`),
    'groups:',
    ...Array.from({ length: Math.max(2, servers / 20) }, (_, index) => `  group-${index + 1}: { servers: [${nameOf(index)}] }`),
    'servers:',
  ];
  const sizes = Math.max(2, Math.floor(servers / 50));
  const middle = Math.floor(servers / 2);
  let start = 0;
  for (let index = 0; index < servers; index += 1) {
    if (index % 5 === 0) lines.push(`  # rack ${index / 5 + 1}`);
    if (index === middle) start = lines.length;
    lines.push(
      `  ${nameOf(index)}:`,
      `    size: size-${(index % sizes) + 1}`,
      `    dc: ${pick(DCS, index)}`,
      `    image: ${pick(IMAGES, index)}`,
      `    cpu: ${pick([1, 2, 4, 8], index)}`,
      `    ram: ${pick([1, 2, 4, 8], index)} GB`,
      `    networks: [net-${(index % 2) + 1}]`,
      '    ssh_keys: [ops]',
      '    playbooks:',
      '      - nginx',
      `    vars: { http_port: ${8000 + (index % 100)}, env: prod }`,
      `    protect: ${index % 3 === 0}`,
    );
  }
  lines.push('');
  const valueEnd = (line: number): Position => ({ line, character: lines[line]?.length ?? 0 });
  const [size, ram] = [start + 1, start + 5];
  return {
    text: lines.join('\n'),
    lineCount: lines.length,
    edit: { at: valueEnd(size), text: 'x' },
    newKey: { at: valueEnd(ram), line: '\n    ', typed: 'p', expected: 'power' },
    hover: { line: start + 4, character: 5 },
    name: { line: size, character: 12 },
    view: { start: { line: Math.max(0, start - 30), character: 0 }, end: { line: start + 30, character: 0 } },
  };
}

const nameOf = (index: number): string => `${pick(ROLES, index)}-x${String(index + 1).padStart(5, '0')}`;

const pick = <Item>(list: readonly Item[], index: number): Item => list[index % list.length] as Item;
