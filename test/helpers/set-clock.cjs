// Preloaded into programs: sets the wall clock of the process by ICT_CLOCK_MS, as a person or NTP would. When: at its request number
// ICT_CLOCK_AT, by any HTTP client of Node; or at the signal SIGUSR2. The monotonic clock and timers are left alone, as by the system.
const { Agent } = require('node:http');

const RealDate = Date;
const byMs = Number(process.env.ICT_CLOCK_MS);
let offsetMs = 0;
let requests = 0;

class SetDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
}
globalThis.Date = SetDate;

const set = () => {
  offsetMs = byMs;
  if (process.env.ICT_CLOCK_SAYS) process.stderr.write('the clock was set\n');
};
const { addRequest } = Agent.prototype;
Agent.prototype.addRequest = function (...args) {
  requests += 1;
  if (requests === Number(process.env.ICT_CLOCK_AT)) set();
  return addRequest.apply(this, args);
};
process.on('SIGUSR2', set);
