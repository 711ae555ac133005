import type { Random } from './random.ts';
import { randomText } from './random-text.ts';

/** A message of the protocol, which may break every rule of it. */
export type Message = Readonly<Record<string, unknown>>;

const requests = [
  'textDocument/completion',
  'completionItem/resolve',
  'textDocument/hover',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/prepareRename',
  'textDocument/rename',
  'textDocument/documentSymbol',
  'workspace/symbol',
  'textDocument/foldingRange',
  'textDocument/selectionRange',
  'textDocument/documentLink',
  'textDocument/formatting',
  'textDocument/rangeFormatting',
  'textDocument/onTypeFormatting',
  'textDocument/codeAction',
  'textDocument/codeLens',
  'codeLens/resolve',
  'textDocument/inlayHint',
  'textDocument/semanticTokens/full',
  'textDocument/semanticTokens/full/delta',
  'textDocument/semanticTokens/range',
  'textDocument/diagnostic',
  'workspace/executeCommand',
  'ict/refreshValues',
  'nobody/knows',
] as const satisfies readonly [string, ...string[]];

const notifications = [
  'textDocument/didSave',
  'workspace/didChangeConfiguration',
  'workspace/didChangeWatchedFiles',
  'workspace/didChangeWorkspaceFolders',
  '$/cancelRequest',
  '$/setTrace',
  'ict/credentials',
  'ict/liveMetrics',
  'nobody/knows',
] as const satisfies readonly [string, ...string[]];

const URIS = 5;
/** More than this is closed again, as an editor would. */
const MAX_OPEN_SHARE = 0.06;

/** The next message of a storm. `id` is that of a request. */
export function randomMessage(random: Random, id: number): Message {
  const kind = random.next();
  if (kind < MAX_OPEN_SHARE) return notice('textDocument/didOpen', { textDocument: openParams(random) });
  if (kind < 0.3) return notice('textDocument/didChange', changeParams(random));
  if (kind < 0.33) return notice('textDocument/didClose', { textDocument: identifier(random) });
  if (kind < 0.38) return notice(random.pick(notifications), spoil(random, noticeParams(random)));
  if (kind < 0.385)
    return { jsonrpc: random.pick(['1.0', 2, null, '2.0']), id: value(random, 2), method: value(random, 2), params: value(random, 3) };
  return {
    jsonrpc: '2.0',
    id: random.chance(0.01) ? value(random, 1) : id,
    method: random.pick(requests),
    params: spoil(random, requestParams(random)),
  };
}

const notice = (method: string, params: unknown): Message => ({ jsonrpc: '2.0', method, params });

const uri = (random: Random): string => `file:///fuzz/${random.int(URIS)}${random.pick(['.infra.yaml', '/infra.yaml'])}`;
const identifier = (random: Random): unknown =>
  random.chance(0.02) ? value(random, 2) : { uri: random.chance(0.03) ? String(value(random, 0)) : uri(random) };

const openParams = (random: Random): unknown =>
  random.chance(0.03)
    ? value(random, 3)
    : { uri: uri(random), languageId: random.pick(['ict-infra', 'yaml', '']), version: random.int(1000), text: randomText(random) };

function changeParams(random: Random): unknown {
  if (random.chance(0.02)) return value(random, 3);
  const changes = Array.from({ length: 1 + random.int(3) }, () =>
    random.chance(0.1)
      ? { text: randomText(random) }
      : { range: range(random), text: random.chance(0.2) ? randomText(random) : word(random) },
  );
  return {
    textDocument: { uri: uri(random), version: random.chance(0.05) ? value(random, 0) : random.int(100_000) },
    contentChanges: changes,
  };
}

const number = (random: Random): unknown =>
  random.chance(0.9)
    ? random.int(40)
    : random.pick<unknown>([-1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, null, '7', NaN, [], {}, true]);
const position = (random: Random): unknown =>
  random.chance(0.02) ? value(random, 1) : { line: number(random), character: number(random) };
const range = (random: Random): unknown => (random.chance(0.02) ? value(random, 1) : { start: position(random), end: position(random) });

const word = (random: Random): string =>
  random.pick(['web', 'база', '', 'a b', 'renamed', '\ud800', '\0', '__proto__', 'constructor', '"', 'x: y', '-', '💥', 'я'.repeat(80)]);
const newName = (random: Random): string => (random.chance(0.005) ? random.pick(['a', 'я', '\ud800']).repeat(100_000) : word(random));

/** The fields of every method together: a server takes those it knows. */
const requestParams = (random: Random): Record<string, unknown> => ({
  textDocument: identifier(random),
  position: position(random),
  positions: Array.from({ length: random.int(4) }, () => position(random)),
  range: range(random),
  newName: newName(random),
  query: newName(random),
  options: { tabSize: number(random), insertSpaces: random.chance(0.5) },
  ch: word(random),
  context: {
    triggerKind: number(random),
    triggerCharacter: word(random),
    includeDeclaration: random.chance(0.5),
    diagnostics: random.chance(0.1) ? value(random, 2) : [],
    only: random.chance(0.3) ? [random.pick(['quickfix', 'source.fixAll', 'refactor', ''])] : undefined,
  },
  previousResultId: random.chance(0.5) ? String(random.int(100)) : value(random, 1),
  command: random.pick(['ict.plan', '', '__proto__']),
  arguments: [value(random, 2)],
  label: word(random),
  data: random.chance(0.5) ? { uri: uri(random), kind: word(random), name: word(random), line: number(random) } : value(random, 3),
});

const noticeParams = (random: Random): Record<string, unknown> => ({
  textDocument: identifier(random),
  settings: { ict: value(random, 3) },
  changes: Array.from({ length: random.int(3) }, () => ({ uri: uri(random), type: number(random) })),
  event: { added: [{ uri: uri(random), name: word(random) }], removed: [] },
  id: random.int(1000),
  value: random.pick(['off', 'messages', 'verbose', '']),
});

/** Now and then a field is left out, or is something else; now and then all of it. */
function spoil(random: Random, params: Record<string, unknown>): unknown {
  if (random.chance(0.02)) return value(random, 4);
  if (random.chance(0.15)) {
    const name = random.pick(Object.keys(params) as [string, ...string[]]);
    if (random.chance(0.3)) delete params[name];
    else params[name] = value(random, 3);
  }
  return params;
}

/** Any JSON value, seldom a deep one. */
function value(random: Random, depth: number): unknown {
  if (random.chance(0.003)) return deep(random);
  const kind = random.int(depth > 0 ? 12 : 9);
  if (kind < 2) return number(random);
  if (kind < 4) return word(random);
  if (kind < 9) return random.pick<unknown>([null, true, false, 0, '', [], {}, 'x', -1]);
  if (kind < 11) return Array.from({ length: random.int(4) }, () => value(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: random.int(4) }, () => [
      random.pick(['uri', 'line', 'text', 'label', 'x', 'constructor', 'toString']),
      value(random, depth - 1),
    ]),
  );
}

const deep = (random: Random): unknown => JSON.parse(`${'['.repeat(3000)}${JSON.stringify(word(random))}${']'.repeat(3000)}`);
