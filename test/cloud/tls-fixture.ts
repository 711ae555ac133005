import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../fixtures/tls/', import.meta.url);

/** A self-signed certificate for `localhost`, `127.0.0.1` and `api.ict.test`. For tests only: its key is public. */
export const certificatePath = fileURLToPath(new URL('test-only.cert.pem', folder));
export const testCertificate = readFileSync(certificatePath, 'utf8');
export const testKey = readFileSync(new URL('test-only.key.pem', folder), 'utf8');
