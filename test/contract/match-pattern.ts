/** Words that stand for a kind of value in the answer of a transcript. */
const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  '<int>': (value) => Number.isInteger(value),
  '<number>': (value) => typeof value === 'number',
  '<bool>': (value) => typeof value === 'boolean',
  '<string>': (value) => typeof value === 'string',
  '<text>': (value) => typeof value === 'string' && value !== '',
  '<any>': () => true,
  '<date>': (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?$/.test(value),
  '<date+offset>': (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?[+-]\d\d:\d\d$/.test(value),
  '<ipv4>': (value) => typeof value === 'string' && /^(\d{1,3}\.){3}\d{1,3}$/.test(value),
  '<mac>': (value) => typeof value === 'string' && /^00:50:56(:[0-9a-f]{2}){3}$/.test(value),
  '<password>': (value) => typeof value === 'string' && /^[A-Za-z0-9]{8}$/.test(value),
};

/**
 * Compares an answer with the pattern of a transcript and says where they differ; an empty list is a match. Objects must have
 * exactly the pattern's keys, unless it holds the key `...`; a list must have its length, unless its last item is `...`.
 */
export const matchPattern = (pattern: unknown, value: unknown, path = '$'): string[] => {
  if (typeof pattern === 'string') {
    const isKind = kinds[pattern];
    return (isKind === undefined ? pattern === value : isKind(value)) ? [] : [describe(path, pattern, value)];
  }
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value)) return [describe(path, 'a list', value)];
    const isOpen = pattern.at(-1) === '...';
    const items: readonly unknown[] = isOpen ? pattern.slice(0, -1) : pattern;
    if (isOpen ? value.length < items.length : value.length !== items.length) return [`${path}: ${value.length} items`];
    return items.flatMap((item, index) => matchPattern(item, value[index], `${path}[${index}]`));
  }
  if (isRecord(pattern)) {
    if (!isRecord(value)) return [describe(path, 'an object', value)];
    const names = Object.keys(pattern).filter((name) => name !== '...');
    const extra = '...' in pattern ? [] : Object.keys(value).filter((name) => !names.includes(name));
    return [
      ...extra.map((name) => `${path}.${name}: not expected`),
      ...names.flatMap((name) =>
        name in value ? matchPattern(pattern[name], value[name], `${path}.${name}`) : [`${path}.${name}: missing`],
      ),
    ];
  }
  return pattern === value ? [] : [describe(path, pattern, value)];
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(path: string, expected: unknown, value: unknown): string {
  return `${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(value)}`;
}
