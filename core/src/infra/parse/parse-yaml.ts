import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import { stripMark } from './decode-text.ts';
import { LineIndex } from './line-index.ts';
import { createLocate, type Locate, type PositionTree } from './position-tree.ts';
import { readFullYaml } from './read-full-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { toYamlDiagnostics } from './yaml-diagnostics.ts';

/** One YAML text as plain values, with the places of everything in it. */
export interface ParsedYaml {
  readonly file: string;
  readonly text: string;
  /** Undefined when the text is not valid YAML or empty; the diagnostics then hold an error. */
  readonly value: unknown;
  readonly locate: Locate;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses one text. Never throws, whatever the text is. `file` is only the name that places carry. */
export function parseYaml(file: string, rawText: string): ParsedYaml {
  const text = stripMark(rawText);
  const lines = new LineIndex(file, text);
  const plain = readPlainYaml(text);
  if (plain) return toParsed(file, text, plain, lines, []);
  const full = readFullYaml(text);
  const diagnostics = toYamlDiagnostics(full, text, lines);
  if (full.tree && (full.tree.root === null || full.tree.root === undefined)) {
    const empty = createDiagnostic('empty-file', {
      detail: t('There is nothing in this file except blank lines and comments.'),
      source: lines.toRange(0, 0),
    });
    return toParsed(file, text, noTree, lines, [empty, ...diagnostics]);
  }
  return toParsed(file, text, full.tree ?? noTree, lines, diagnostics);
}

const noTree: PositionTree = { root: undefined, rootSpan: [0, 0], spans: new Map() };

const toParsed = (file: string, text: string, tree: PositionTree, lines: LineIndex, diagnostics: readonly Diagnostic[]): ParsedYaml => ({
  file,
  text,
  value: tree.root,
  locate: createLocate(tree, lines),
  diagnostics,
});
