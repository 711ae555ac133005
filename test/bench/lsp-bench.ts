import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Range } from 'vscode-languageserver/node';
import { generateProbed, type ProbedText } from './generate-probed.ts';
import { LspProcess, type MeasuredServer, type Sample } from './lsp-process.ts';

/** Medians of one server on a text of one size; what a server cannot do is absent. */
export interface LspTiming {
  readonly server: string;
  readonly lines: number;
  readonly operations: Readonly<Record<string, Sample>>;
  readonly rssMb: number;
}

/** Half of the measurements of one operation; fewer when it is slow. */
const RUNS = 5;
/** Time for one operation's measurements, milliseconds. */
const BUDGET_MS = 5000;
const STARTS = 3;

/** Measures a language server on a text of about so many lines. */
export async function timeServer(server: MeasuredServer, lines: number): Promise<LspTiming> {
  const folder = mkdtempSync(join(tmpdir(), 'ict-bench-'));
  const probed = generateProbed(lines);
  const file = join(folder, 'infra.yaml');
  writeFileSync(file, probed.text);
  const operations: Record<string, Sample> = {};
  let current: LspProcess | undefined;
  try {
    const [starts, opens]: [Sample[], Sample[]] = [[], []];
    for (let run = 0; run < STARTS; run += 1) {
      await current?.stop();
      const started = await LspProcess.start(server, folder);
      current = started.process;
      starts.push(started.sample);
      opens.push(await current.open(pathToFileURL(file).href, server.languageId, probed.text));
      await current.idle();
    }
    operations['start → initialize'] = median(starts);
    operations['open → diagnostics'] = median(opens);
    if (current) Object.assign(operations, await timeOperations(current, probed));
    return { server: server.name, lines: probed.lineCount, operations, rssMb: current?.readRssMb() ?? 0 };
  } finally {
    await current?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOperations(server: LspProcess, probed: ProbedText): Promise<Record<string, Sample>> {
  const { capabilities } = server;
  const operations: Record<string, Sample> = {};
  const { edit, newKey, hover, name, view } = probed;
  const here: Range = { start: edit.at, end: edit.at };
  const there: Range = { start: edit.at, end: { line: edit.at.line, character: edit.at.character + edit.text.length } };
  const toggle = (run: number): readonly [Range, string] => (run % 2 === 0 ? [here, edit.text] : [there, '']);

  // An even number of runs leaves the text as it was.
  operations['change → diagnostics'] = await repeat(server, (run) => server.change(...toggle(run)));

  const line = newKey.at.line + 1;
  const indent = newKey.line.length - 1;
  const [start, typed] = [
    { line, character: indent },
    { line, character: indent + newKey.typed.length },
  ];
  const completion = ['textDocument/completion', { position: typed, context: { triggerKind: 1 } }] as const;
  await server.change({ start: newKey.at, end: newKey.at }, newKey.line);
  operations['completion while typing'] = await repeat(server, async () => {
    await server.edit({ start, end: start }, newKey.typed);
    const sample = await server.ask(completion);
    await server.idle();
    await server.change({ start, end: typed }, '');
    return sample;
  });
  await server.change({ start: newKey.at, end: start }, '');

  const questions: readonly (readonly [label: string, isAble: unknown, method: string, params: object])[] = [
    ['hover', capabilities.hoverProvider, 'hover', { position: hover }],
    ['definition', capabilities.definitionProvider, 'definition', { position: name }],
    ['references', capabilities.referencesProvider, 'references', { position: name, context: { includeDeclaration: true } }],
    ['rename', capabilities.renameProvider, 'rename', { position: name, newName: 'renamed' }],
    ['symbols', capabilities.documentSymbolProvider, 'documentSymbol', {}],
    ['folding', capabilities.foldingRangeProvider, 'foldingRange', {}],
    ['code lens', capabilities.codeLensProvider, 'codeLens', {}],
    ['inlay hints', capabilities.inlayHintProvider, 'inlayHint', { range: view }],
    ['semantic tokens', capabilities.semanticTokensProvider, 'semanticTokens/full', {}],
    ['links', capabilities.documentLinkProvider, 'documentLink', {}],
    ['code actions', capabilities.codeActionProvider, 'codeAction', { range: here, context: { diagnostics: [] } }],
    ['formatting', capabilities.documentFormattingProvider, 'formatting', { options: { tabSize: 2, insertSpaces: true } }],
  ];
  const able = questions.filter(([, isAble]) => isAble !== undefined && isAble !== false);
  for (const [label, , method, params] of able) {
    operations[label] = await repeat(server, () => server.ask([`textDocument/${method}`, params]));
  }

  // What an editor asks by itself after each letter.
  const asked = able.filter(([label]) =>
    ['symbols', 'folding', 'code lens', 'inlay hints', 'semantic tokens', 'links', 'code actions'].includes(label),
  );
  operations['keystroke + all requests'] = await repeat(server, async (run) => {
    const change = server.change(...toggle(run));
    const answers = server.ask(completion, ...asked.map(([, , method, params]) => [`textDocument/${method}`, params] as const));
    const [first, second] = await Promise.all([change, answers]);
    return { wallMs: second.wallMs, cpuMs: Math.max(first.cpuMs, second.cpuMs) };
  });
  return operations;
}

/** Median of an even number of runs; each begins when the server is idle. */
async function repeat(server: LspProcess, run: (index: number) => Promise<Sample>): Promise<Sample> {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  for (let index = 0; index < RUNS * 2; index += 1) {
    samples.push(await run(index));
    await server.idle();
    if (index % 2 === 1 && index >= 3 && performance.now() - startedAt > BUDGET_MS) break;
  }
  return median(samples);
}

const median = (samples: readonly Sample[]): Sample => ({
  wallMs: middle(samples.map(({ wallMs }) => wallMs)),
  cpuMs: middle(samples.map(({ cpuMs }) => cpuMs)),
});

const middle = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
