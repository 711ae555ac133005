/** The package ships no types. */
declare module 'proxy-from-env' {
  /** Proxy for a URL by the process's variables; an empty string: none. */
  export function getProxyForUrl(url: string): string;
}
