import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { afterEach, expect, test } from 'vitest';
import { closeLabs, startLab } from './lsp-lab.ts';

afterEach(closeLabs);

const MAIN = 'file:///project/infra.yaml';
const main = `version: 1
project: shop
include: [FILE]
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, size: small }
servers:
  web: { size: small, ssh_keys: [me], networks: [back], playbooks: [base], vars: { a: 1 } }
alerts:
  load: { metric: cpu, above: 90%, on: [web], notify: [ops] }
`;

const files: readonly (readonly [name: string, text: string, secrets: readonly string[]])[] = [
  ['.env', 'DB_PASSWORD=correct horse battery\nAPI_KEY="sk-live/9fz+81x=="\n', ['correct', 'horse', 'sk-live', '9fz']],
  ['.netrc', 'machine api.example login deploy password S3cr3t/Pass+word\n', ['S3cr3t', 'Pass+word', 'api.example']],
  ['shadow', 'root:$6$abcdefgh$ijklmnopqrst:20228:0:99999:7:::\ndaemon:*:20228:0:99999:7:::\n', ['abcdefgh', '20228']],
  ['values.yaml', 'token: "two words of it"\npassword: hunter/2+x\n"a key/with+signs": 1\n', ['two words', 'hunter/2', 'with+signs']],
  [
    'sizes.yaml',
    'sizes:\n  "s3cr3t/name+x": { cpu: 1 }\n  small: { cpu: "pass/word+1" }\nssh_keys: { "to/ken+2": x }\nnotify:\n  "tok/en+3": { type: webhook }\n',
    ['s3cr3t/name', 'pass/word', 'to/ken', 'tok/en'],
  ],
  [
    'defaults.yaml',
    'defaults: { cpu: "pass/word+1", vars: "pass/word+2", "k/e+y": 1, playbooks: "pass/word+4" }\n',
    ['pass/word', 'k/e+y'],
  ],
];

// Any readable file can be included, so nothing but what looks like a name may come out of it.
test.each(files)(
  'nothing that an included %s holds comes out of any answer about the document',
  async (name, text, secrets) => {
    const lab = await startLab({ files: { [`/project/${name}`]: text } });
    const content = main.replace('FILE', name);
    lab.open(MAIN, content);
    await lab.diagnosticsOf(MAIN);
    const answers: unknown[] = [];
    const textDocument = { uri: MAIN };
    const ask = async <Answer>(method: string, params: object): Promise<Answer | undefined> => {
      const answer = await lab.client.sendRequest<Answer>(method, params).catch((error: unknown) => void answers.push(String(error)));
      answers.push([method, answer]);
      return answer ?? undefined;
    };
    const problems = lab.published.flatMap(({ diagnostics }) => diagnostics);
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    await ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: problems } });
    await ask('textDocument/codeLens', { textDocument });
    await ask('textDocument/inlayHint', { textDocument, range });
    await ask('textDocument/documentLink', { textDocument });
    await ask('textDocument/documentSymbol', { textDocument });
    for (const query of ['', 's', 'tok', 'pass']) await ask('workspace/symbol', { query });
    for (const [line, written] of content.split('\n').entries()) {
      for (let character = 0; character <= written.length; character += 2) {
        const position = { line, character };
        await ask('textDocument/hover', { textDocument, position });
        await ask('textDocument/definition', { textDocument, position });
        await ask('textDocument/references', { textDocument, position, context: { includeDeclaration: true } });
        const found = await ask<CompletionList | CompletionItem[]>('textDocument/completion', { textDocument, position });
        const items = Array.isArray(found) ? found : (found?.items ?? []);
        for (const item of items.slice(0, 3)) await ask('completionItem/resolve', item);
      }
    }
    const said = JSON.stringify([answers, lab.published, lab.complaints]);
    for (const secret of secrets) {
      const at = said.indexOf(JSON.stringify(secret).slice(1, -1));
      expect(at < 0 ? '' : said.slice(Math.max(0, at - 200), at + 60)).toBe('');
    }
  },
  60_000,
);
