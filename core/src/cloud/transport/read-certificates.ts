import { readFileSync, statSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { Logger } from '#core/ports/logger.ts';
import type { Environment } from './environment.ts';

/** Files of PEM certificates to trust besides the built-in ones: what a company's own proxy or a test endpoint needs. */
const variables = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'] as const;

/**
 * The certificates to trust; undefined: the built-in ones are enough. An unreadable file is only a warning, as in Node itself:
 * most connections do not need it, and the one that does fails with `tls`.
 */
export function readCertificates(environment: Environment, logger: Logger): readonly string[] | undefined {
  const extra = variables.flatMap((variable) => {
    const path = environment[variable];
    if (path === undefined || path === '') return [];
    try {
      // A pipe or a device would never end.
      if (!statSync(path).isFile()) throw new Error('not an ordinary file');
      return [readFileSync(path, 'utf8')];
    } catch {
      logger.warn('The file of certificates cannot be read', { variable, path });
      return [];
    }
  });
  return extra.length === 0 ? undefined : [...rootCertificates, ...extra];
}
