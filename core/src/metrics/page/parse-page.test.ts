import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import parseElsewhere from 'parse-prometheus-text-format';
import { describe, expect, test } from 'vitest';
import { parsePage, type Sample } from './parse-page.ts';
import { wantedSeries } from './wanted-series.ts';

const pages = ['1.5.0', '1.5.0-later', '1.9.0', '1.9.0-later'].map(
  (name) => [name, readFileSync(`test/fixtures/metrics/node_exporter-${name}.txt`, 'utf8')] as const,
);

/** `name{a="b"} 1`, labels sorted: how two parsers are compared. */
const say = ({ name, labels, value }: Pick<Sample, 'name' | 'labels' | 'value'>): string =>
  `${name} ${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))} ${value}`;

/** The other parser's answer as lines of a page: it folds summaries and histograms, and its values are strings. */
function sayElsewhere(page: string): string[] {
  const toNumber = (text: string): number => Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'));
  return parseElsewhere(page).flatMap(({ name, metrics }) =>
    metrics.flatMap(({ value, labels = {}, count, sum, buckets, quantiles }) => [
      ...(value === undefined ? [] : [say({ name, labels, value: toNumber(value) })]),
      ...(sum === undefined ? [] : [say({ name: `${name}_sum`, labels, value: toNumber(sum) })]),
      ...(count === undefined ? [] : [say({ name: `${name}_count`, labels, value: toNumber(count) })]),
      ...Object.entries(buckets ?? {}).map(([le, text]) => say({ name: `${name}_bucket`, labels: { le }, value: toNumber(text) })),
      ...Object.entries(quantiles ?? {}).map(([quantile, text]) => say({ name, labels: { quantile }, value: toNumber(text) })),
    ]),
  );
}

const labelValue = fc.string({ unit: fc.constantFrom(...Array.from('aZ0 \\"\n{},=#éд🙂\t')), maxLength: 12 });
const sample = fc.record({
  name: fc.stringMatching(/^[a-z_:][a-zA-Z0-9_:]{0,12}$/),
  labels: fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,6}$/), labelValue, { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity)),
});
const escape = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
const write = (value: number): string => String(value).replace('Infinity', 'Inf');
const writeLine = ({ name, labels, value }: Sample): string => {
  const entries = Object.entries(labels).map(([key, text]) => `${key}="${escape(text)}"`);
  return `${name}${entries.length > 0 ? `{${entries.join(',')}}` : ''} ${write(value)}\n`;
};

describe('agrees with the parser parse-prometheus-text-format', () => {
  test.each(pages)('on the recorded page of node_exporter %s', (_name, page) => {
    const { samples, badLines, isCut } = parsePage(page);
    expect(samples.map(say).sort()).toEqual(sayElsewhere(page).sort());
    expect({ badLines, isCut }).toEqual({ badLines: 0, isCut: false });
  });

  test('on generated pages', () => {
    fc.assert(
      fc.property(fc.uniqueArray(sample, { selector: ({ name }) => name, maxLength: 12 }), (samples) => {
        const page = samples.map((item) => `# HELP ${item.name} words\n# TYPE ${item.name} gauge\n${writeLine(item)}`).join('');
        expect(parsePage(page).samples.map(say).sort()).toEqual(sayElsewhere(page).sort());
      }),
    );
  });
});

test('what was written is what is read, whatever stands in the labels', () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 12 }), (samples) => {
      const parsed = parsePage(samples.map(writeLine).join(''));
      expect(parsed.samples.map(say)).toEqual(samples.map((item) => say({ ...item, value: item.value + 0 })));
      expect(parsed.badLines).toBe(0);
    }),
  );
});

test.each(pages)('the wanted series are the same with and without the filter: %s', (_name, page) => {
  const all = parsePage(page).samples.filter(({ name }) => wantedSeries.has(name));
  expect(parsePage(page, wantedSeries).samples).toEqual(all);
  expect(all.length).toBeGreaterThan(30);
});

describe('the format', () => {
  test.each<[string, string, Partial<Sample>]>([
    ['no labels', 'a 1', { name: 'a', labels: {}, value: 1 }],
    ['empty braces', 'a{} 1', { labels: {} }],
    ['a comma at the end', 'a{b="c",} 1', { labels: { b: 'c' } }],
    ['blanks anywhere', '\ta { b = "c" , d="e" }\t 1 ', { labels: { b: 'c', d: 'e' }, value: 1 }],
    ['escapes', String.raw`a{b="\\ \" \n \t"} 1`, { labels: { b: '\\ " \n \\t' } }],
    ['braces and hashes in a label', 'a{b="} # 1"} 2', { labels: { b: '} # 1' }, value: 2 }],
    ['an exponent', 'a 1.795374979e+09', { value: 1_795_374_979 }],
    ['infinity', 'a -Inf', { value: -Infinity }],
    ['no number', 'a NaN', { value: NaN }],
    ['a timestamp', 'a 1 -1395066363000', { value: 1, timestamp: -1_395_066_363_000 }],
    ['an exemplar of OpenMetrics', 'a_total 1 # {trace="x"} 0.5 1.2', { value: 1 }],
    ['an exemplar behind a timestamp', 'a_total 1 2.5 # {trace="x"} 0.5', { value: 1, timestamp: 2.5 }],
    ['a label that JavaScript knows', 'a{__proto__="x",constructor="y"} 1', { value: 1 }],
    ['line ends of Windows', 'a{b="c"} 1\r', { labels: { b: 'c' }, value: 1 }],
  ])('%s', (_reason, line, expected) => {
    const { samples, badLines } = parsePage(`${line}\n`);
    expect(badLines).toBe(0);
    expect(samples).toHaveLength(1);
    expect(samples[0]).toMatchObject(expected);
  });

  test.each(['a', 'a 1 2 3', 'a{b="c" 1', 'a{b=c} 1', 'a{b} 1', 'a{="c"} 1', 'a b', '1a 1', '{a="b"} 1', 'a 0x10', 'a 1e', 'a{b="c"'])(
    'a bad line is counted, and the next one is read: %s',
    (line) => {
      expect(parsePage(`# HELP\n${line}\ngood 1\n`)).toMatchObject({ samples: [{ name: 'good' }], badLines: 1, firstBadLine: 2 });
    },
  );

  test('# EOF ends a page of OpenMetrics', () => {
    expect(parsePage('a 1\n# EOF\nb 2\n').samples).toHaveLength(1);
  });
});

describe('pages that are not', () => {
  test('a page cut anywhere gives no value that the whole page does not have', () => {
    const page = pages[0]?.[1] ?? '';
    const whole = new Set(parsePage(page).samples.map(say));
    fc.assert(
      fc.property(fc.nat(page.length), (length) => {
        const { samples } = parsePage(page.slice(0, length));
        expect(samples.filter((item) => !whole.has(say(item)))).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(parsePage('a 12').isCut).toBe(true);
  });

  test('garbage gives an answer', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'a{}="\\,# \n\r\t1.'.split('')) })),
        (text) => {
          const { samples, badLines } = parsePage(text);
          expect(samples.length + badLines).toBeLessThanOrEqual(text.split('\n').length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['one line', () => 'x'.repeat(50_000_000), 0],
    ['one label', () => `node_load1{a="${'x'.repeat(50_000_000)}`, 0],
    ['a million good lines', () => 'node_cpu_seconds_total{cpu="0",mode="idle"} 1\n'.repeat(1_070_000), 1_070_000],
    ['a million others', () => 'other_metric_of_somebody{cpu="0",mode="i"} 1.5\n'.repeat(1_070_000), 0],
  ] as const)('a page of 50 MB is read to its end: %s', (_reason, make, count) => {
    expect(parsePage(make(), wantedSeries).samples).toHaveLength(count);
  });
});
