// The house in figures: `npm run figures` prints them, each with what was counted; `-- --json` as JSON; `-- --write` puts them into
// docs/figures.md, column "now" (`--write before`: the other one). `--root DIR` measures another working tree of this repository, with
// the rules of this one. Judges nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { collectMessages, writeBundles } from '../l10n.mjs';
import { readScripts } from './check-house.mjs';
import { writeFigures } from './figures-page.mjs';
import { readModules } from './modules.mjs';
import { measureRuns } from './run-programs.mjs';
import { measureSources, programs } from './static-figures.mjs';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, root: { type: 'string', default: '.' } },
  allowPositionals: true,
});
const home = process.cwd();
process.chdir(values.root);
writeBundles(process.cwd());

const messages = new Map(programs.map((program) => [program, new Set(collectMessages(program, process.cwd()).keys())]));
const runs = await measureRuns();
/** @type {import('./static-figures.mjs').Figure[]} */
const figures = [
  ...measureSources(readModules(), readScripts(), messages),
  ...Object.entries(runs).map(([name, { files, lines }]) => ({
    name: `\`ict ${name}\` of one server runs through`,
    value: `${files} files, ${lines} lines`,
  })),
  ...Object.entries(runs).map(([name, { opens, parses }]) => ({
    name: `\`ict ${name}\` opens and parses the infra file`,
    value: `${opens} and ${parses} times`,
  })),
];
process.chdir(home);

if (values.write) {
  const path = join('docs', 'figures.md');
  writeFileSync(path, writeFigures(readFileSync(path, 'utf8'), figures, positionals[0] === 'before' ? 'before' : 'now'));
} else if (values.json) console.log(JSON.stringify(figures, null, 2));
else
  for (const { name, value, list = [] } of figures) {
    console.log(`${name}: ${value}`);
    for (const one of list) console.log(`    ${one}`);
  }
