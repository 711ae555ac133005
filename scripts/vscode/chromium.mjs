// The browser that VS Code's workbench is shown in where no desktop is: Debian's Chromium, or any Chrome named in CHROMIUM.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { ensureAptPackages } from '../setup.mjs';
import { browserPackages } from '../system-packages.mjs';

const places = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** Starts it without a window, installing it first where that is possible. Ends the process when there is none. */
export function launchChromium() {
  if (!process.env.CHROMIUM && !places.some((path) => existsSync(path))) ensureAptPackages(browserPackages);
  const executablePath = process.env.CHROMIUM ?? places.find((path) => existsSync(path));
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
