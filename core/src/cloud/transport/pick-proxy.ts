import { getProxyForUrl } from 'proxy-from-env';
import type { Environment } from './environment.ts';

/**
 * The proxy for an endpoint: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, in either case. A loopback endpoint never
 * has one. The library reads the process's own variables, so `environment` only decides whether a proxy is wanted at all.
 */
export function pickProxy(endpoint: URL, environment: Environment): string | undefined {
  if (isLoopback(endpoint) || !wantsProxy(environment)) return undefined;
  const proxy = getProxyForUrl(endpoint.href);
  return proxy === '' ? undefined : proxy;
}

/** This machine itself: no proxy could reach it. */
export const isLoopback = (url: URL): boolean => /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/i.test(url.hostname);

const wantsProxy = (environment: Environment): boolean =>
  Object.entries(environment).some(([name, value]) => /^(?:https?|all)_proxy$/i.test(name) && value !== undefined && value !== '');
