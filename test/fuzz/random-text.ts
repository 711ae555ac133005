import type { Random } from './random.ts';

const document = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
sizes:
  small: { cpu: 1, ram: 1 GB }
servers:
  web: { count: 3, size: small }
  база:
    ram: 2 GB
    networks: [back]
networks:
  back: { dc: Xelent }
`;

/** What YAML is made of, and what editors and terminals stumble over. */
export const yamlPieces = [
  '\n',
  '  ',
  ': ',
  '- ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '<<: *a',
  '|\n',
  '\t',
  '\r\n',
  '\0',
  '\u{feff}',
  '\ud800',
  '\udc00',
  '\u202e',
  '🎉',
  'я',
  '---\n',
  'servers:\n',
  'web: ',
  '!!str ',
  '%YAML 1.2\n',
  '\\',
] as const satisfies readonly [string, ...string[]];

/** What nests: each of them, thousands of times, used to exhaust the stack. */
const nesting = ['[', '{a: ', '- ', '? ', '- ? ', '[{я: ', '{? ', '&a [', '!!map {a: '] as const;

/** A text of a document, or of a part of one: sound, damaged, deep, long, or noise. */
export function randomText(random: Random): string {
  switch (random.int(12)) {
    case 0:
    case 1:
    case 2:
      return document;
    case 3:
      return document.slice(0, random.int(document.length));
    case 4:
    case 5: {
      const at = random.int(document.length);
      return document.slice(0, at) + noise(random, 1 + random.int(4)) + document.slice(at + random.int(20));
    }
    case 6:
      return (
        document +
        `${random.pick(['', 'x: ', 'servers:\n  я: '])}${random.pick(nesting).repeat(1 + random.int(random.chance(0.03) ? 20_000 : 400))}`
      );
    case 7:
      return indent(1 + random.int(300));
    case 8:
      return random.pick(['a', 'я', '\ud800', '\0', '-', '1']).repeat(random.chance(0.03) ? 100_000 : random.int(2000));
    case 9:
      return Array.from(
        { length: random.int(200) },
        (_, at) => `${random.pick(['k', '&a', '*a', '<<', 'я'])}${at}: ${random.pick(yamlPieces)}`,
      ).join('\n');
    case 10:
      return '';
    default:
      return noise(random, random.int(40));
  }
}

const noise = (random: Random, length: number): string => Array.from({ length }, () => random.pick(yamlPieces)).join('');

const indent = (levels: number): string => Array.from({ length: levels }, (_, at) => `${' '.repeat(at)}a:`).join('\n');
