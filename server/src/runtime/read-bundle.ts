import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Bundle } from '#core/text/render-text.ts';

/**
 * Reads a bundle of texts that lies beside the program. Without one the texts stay English: that is better than a server
 * that does not start.
 */
export async function readBundle(path: string): Promise<Bundle> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {};
  }
}
