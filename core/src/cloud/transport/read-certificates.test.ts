import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { certificatePath, testCertificate } from '#test/cloud/tls-fixture.ts';
import { readCertificates } from './read-certificates.ts';

describe('readCertificates', () => {
  const read = (environment: Readonly<Record<string, string | undefined>>) => {
    const logger = createRecordingLogger();
    return { certificates: readCertificates(environment, logger), lines: logger.lines };
  };

  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('%s is trusted besides the built-in ones', (variable) => {
    expect(read({ [variable]: certificatePath }).certificates).toEqual([...rootCertificates, testCertificate]);
  });

  test.each([
    ['no variable', {}],
    ['an empty one', { SSL_CERT_FILE: '' }],
  ])('%s leaves it to the built-in ones', (_reason, environment) =>
    expect(read(environment)).toEqual({ certificates: undefined, lines: [] }),
  );

  test('a file that cannot be read is a warning that names it', () => {
    const { certificates, lines } = read({ SSL_CERT_FILE: '/nowhere/ca.pem' });
    expect(certificates).toBeUndefined();
    expect(lines).toEqual(['warn The file of certificates cannot be read {"variable":"SSL_CERT_FILE","path":"/nowhere/ca.pem"}']);
  });
});
