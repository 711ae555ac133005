// Loaded before the program under measurement: counts how often it opens or reads a file of the name in ICT_MEASURE_NAME, and writes
// the number to ICT_MEASURE_OPENS when the process ends.
const fs = require('node:fs');
const { basename } = require('node:path');

const name = process.env['ICT_MEASURE_NAME'];
let opened = 0;
for (const [owner, names] of [
  [fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']],
  [fs.promises, ['open', 'readFile']],
]) {
  for (const method of names) {
    const original = owner[method];
    owner[method] = (path, ...rest) => {
      if (typeof path === 'string' && basename(path) === name) opened += 1;
      return original.call(owner, path, ...rest);
    };
  }
}
const { writeFileSync } = fs;
process.on('exit', () => writeFileSync(process.env['ICT_MEASURE_OPENS'] ?? '', String(opened)));
