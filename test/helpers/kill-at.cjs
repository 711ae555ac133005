// Preloaded into `ict` by the kill tests: ends the process like kill -9 at one line of the journal. ICT_KILL_AT=N counts
// the lines; ICT_KILL_WHEN is `before` (the line is not written, but what it tells has happened) or `after` (it is on disk).
const promises = require('node:fs/promises');

const target = Number(process.env.ICT_KILL_AT);
const when = process.env.ICT_KILL_WHEN;
const { open } = promises;
let line = 0;

promises.open = async (path, ...rest) => {
  const handle = await open(path, ...rest);
  if (!String(path).endsWith('journal.ndjson')) return handle;
  const [append, sync] = [handle.appendFile.bind(handle), handle.datasync.bind(handle)];
  handle.appendFile = (...args) => {
    line++;
    if (line === target && when === 'before') process.kill(process.pid, 'SIGKILL');
    return append(...args);
  };
  handle.datasync = async () => {
    await sync();
    if (line === target && when === 'after') process.kill(process.pid, 'SIGKILL');
  };
  return handle;
};
