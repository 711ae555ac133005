import type { RequestFacts } from '../faults/fault-rule.ts';

/** The path as routes know it: segments are matched without regard to case and a final slash is tolerated, as the provider does. */
export const normalizePath = (pathname: string): string => {
  const path = decodeOnce(pathname)
    .toLowerCase()
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1');
  return path === '' ? '/' : path;
};

/** A request for counters and faults: ids in the path become `{id}`, and `dclocation` is as good as `dcLocation`. */
export const readRequestFacts = (method: string, pathname: string): RequestFacts => {
  const path = normalizePath(pathname);
  return { method: method.toUpperCase(), path, kind: path.replace(/\/\d+(?=\/|$)/g, '/{id}') };
};

function decodeOnce(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
