// The table of docs/figures.md: one row for each figure, with the value of the day the house was measured first, and the one of now.

/** @typedef {import('./static-figures.mjs').Figure} Figure */

const START = '<!-- figures -->';
const END = '<!-- /figures -->';

/**
 * The page with new values in a column; values of the other column are kept, figures that are no longer measured go.
 * @param {string} page
 * @param {readonly Figure[]} figures
 * @param {'before' | 'now'} column
 * @throws {Error} when the page has no place for the table
 */
export function writeFigures(page, figures, column) {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`docs/figures.md has no ${START} … ${END}`);
  const known = readRows(page.slice(start, end));
  const rows = figures.map(({ name, value }) => {
    const row = { before: '', now: '', ...known.get(name) };
    row[column] = value;
    return `| ${name} | ${row.before} | ${row.now} |`;
  });
  return `${page.slice(0, start)}${START}\n${['| figure | before | now |', '|---|---|---|', ...rows].join('\n')}\n${page.slice(end)}`;
}

/**
 * @param {string} table
 * @returns {Map<string, { before: string, now: string }>}
 */
function readRows(table) {
  const rows = table.split('\n').flatMap((line) => {
    const [, name, before, now] = /^\| (.+?) \| *(.*?) *\| *(.*?) *\|$/.exec(line) ?? [];
    return name === undefined || before === undefined || now === undefined ? [] : [/** @type {const} */ ([name, { before, now }])];
  });
  return new Map(rows);
}
