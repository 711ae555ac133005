import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Path of a script of `sandbox/images/`, from the sources as from a bundle in `dist/` with `images/` beside it or the sources above it.
 * Undefined when it was not shipped.
 */
export const findScript = (name: 'run-host.sh' | 'probe-host.sh' | 'build-image.sh'): string | undefined =>
  ['../../../images/', './images/', '../sandbox/images/']
    .map((folder) => fileURLToPath(new URL(`${folder}${name}`, import.meta.url)))
    .find((path) => existsSync(path));
