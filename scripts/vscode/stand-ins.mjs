// Two native modules of VS Code's server, in plain JavaScript, so that no compiler is needed: it starts without them, but
// then writes no log files, and a log channel of an extension stays empty.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the stand-ins in place; `modules` is the folder `node_modules/@vscode` of VS Code's server.
 * @param {string} modules
 */
export function writeStandIns(modules) {
  writeFileSync(join(modules, 'native-watchdog', 'index.js'), watchdog);
  writeFileSync(join(modules, 'spdlog', 'index.js'), spdlog);
}

const watchdog = `'use strict';
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

const spdlog = `'use strict';
const fs = require('fs');
const path = require('path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    this.isRaw = false;
  }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      fs.appendFileSync(this.file, this.isRaw ? message : time + ' [' + names[level] + '] ' + message + '\\n');
    } catch {}
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.isRaw = true; }
  flush() {}
  drop() {}
}
async function create(_name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(file);
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;
