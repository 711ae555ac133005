import { describe, expect, test } from 'vitest';
import { writeFigures } from '../scripts/measure/figures-page.mjs';
import { parseModules } from '../scripts/measure/modules.mjs';
import { measureRuns } from '../scripts/measure/run-programs.mjs';
import { measureSources } from '../scripts/measure/static-figures.mjs';
import { findYamlReaders } from '../scripts/measure/yaml-readers.mjs';

const measure = (files: Readonly<Record<string, string>>, messages: Readonly<Record<string, readonly string[]>> = {}) => {
  const texts = new Map(Object.entries(messages).map(([program, list]) => [program, new Set(list)]));
  const figures = measureSources(parseModules(Object.entries(files)), '', texts);
  return (name: string) => figures.find((figure) => figure.name.startsWith(name));
};

describe('figures of sources', () => {
  test.each([
    ['of its own', 'export function run() {\n  throw new Error();\n}\n', '1; 0'],
    ['that is described', '/**\n * Runs.\n * @throws {Error} always\n */\nexport const run = () => {\n  throw new Error();\n};\n', '1; 1'],
    ['in words', '/** Runs. Throws `RunError`. */\nexport function run() {\n  throw new Error();\n}\n', '1; 1'],
    ['of a function within', 'export function run() {\n  return () => {\n    throw new Error();\n  };\n}\n', '0; 0'],
    ['of a function that is not exported', 'function run() {\n  throw new Error();\n}\n', '0; 0'],
  ])('a throw %s', (_reason, text, value) =>
    expect(measure({ 'core/src/a.ts': text })('exported functions with a `throw`')?.value).toBe(value),
  );

  test('a docstring stands right above; a comment is none; types of schemas are described there', () => {
    const text =
      '/** A. */\nexport interface A {}\n// B.\nexport interface B {}\n/** Of something else. */\nlet x;\nexport type C = z.output<typeof c>;\n';
    const figure = measure({ 'core/src/a.ts': text })('exported types with a docstring');
    expect(figure).toMatchObject({ value: '1 of 2 (50 %)', list: ['core/src/a.ts: B'] });
  });

  test('a text in two programs counts once', () => {
    const shared = measure({}, { cli: ['Done.', 'No.'], client: ['Done.'], server: ['Done.', 'Yes.'] })('texts that stand in two programs');
    expect(shared).toMatchObject({ value: '1', list: ['Done.'] });
  });

  test('test lines beside the code', () => {
    const files = {
      'core/src/infra/a.ts': 'let a;\nlet b;\n',
      'core/src/infra/a.test.ts': 'let a;\n',
      'test/a.test.ts': 'let a;\nlet b;\nlet c;\n',
    };
    const figure = measure(files);
    expect(figure('test lines per source line, beside the code: core/src/infra')?.value).toBe('0.50');
    expect(figure('test lines per source line, with all of test/')?.value).toBe('2.00');
  });

  test('a module that finds keys by a pattern reads YAML beside the readers', () => {
    const files = {
      'core/src/infra/format/split-line.ts': String.raw`const KEY = /^\w+\s*:(?=\s|$)/;`,
      'client/src/own.ts': String.raw`const at = /^servers\s*:/.exec(line);`,
      'client/src/time.ts': String.raw`const at = /^\d+:\d+$/.exec(line);`,
    };
    expect(findYamlReaders(parseModules(Object.entries(files)))).toEqual({
      ways: ['lines for the formatter'],
      beside: ['client/src/own.ts'],
    });
  });
});

describe('the page of figures', () => {
  const page =
    'Head\n<!-- figures -->\n| figure | before | now |\n|---|---|---|\n| files | 7 | 8 |\n| gone | 1 | 1 |\n<!-- /figures -->\nFoot\n';

  test('a new value leaves the other column and the text around it alone; a figure that is gone goes', () =>
    expect(
      writeFigures(
        page,
        [
          { name: 'files', value: '9' },
          { name: 'new', value: '1' },
        ],
        'now',
      ),
    ).toBe(
      'Head\n<!-- figures -->\n| figure | before | now |\n|---|---|---|\n| files | 7 | 9 |\n| new |  | 1 |\n<!-- /figures -->\nFoot\n',
    ));

  test('an empty cell stays empty', () => {
    const first = writeFigures(page, [{ name: 'new', value: '1' }], 'now');
    expect(writeFigures(first, [{ name: 'new', value: '2' }], 'before')).toContain('| new | 2 | 1 |');
  });

  test('a page without a place for the table is refused', () => expect(() => writeFigures('', [], 'now')).toThrow('figures'));
});

test('each operation of one server runs to its end, and is seen to open and parse the infra file', async () => {
  const runs = await measureRuns();
  for (const run of Object.values(runs)) {
    expect(run).toMatchObject({ exitCode: 0 });
    expect(Math.min(run.opens, run.parses)).toBeGreaterThan(0);
  }
  expect(runs.deploy.files).toBeGreaterThan(runs.plan.files);
});
