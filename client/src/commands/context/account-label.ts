import type { ClientContext } from './client-context.ts';
import { t } from '#schemas/text/text.ts';

/** Whom a confirmation is about: the account in use, else the address that the engine reads of the file's project. */
export function labelAccount({ accounts, feed, render }: ClientContext, file: string): string {
  const { current } = accounts;
  if (current) return current.name;
  const endpoint = feed.projects.find((project) => project.file === file)?.view?.endpoint ?? process.env['ONECLOUD_ENDPOINT'];
  return endpoint === undefined ? render(t('account of ict login')) : hostOf(endpoint);
}

/** The host of an address, or the address itself when it is none. */
export const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : endpoint);
