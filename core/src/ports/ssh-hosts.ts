/** Where SSH of a host listens. */
export interface SshEndpoint {
  readonly ip: string;
  readonly port: number;
}

/** Looks at SSH from outside, without logging in. Implemented in core/ansible. */
export interface SshHosts {
  /**
   * Public host keys, `ssh-ed25519 AAAA…`, sorted, in the order of the endpoints; undefined while nothing answers there. All hosts are
   * asked at once. Rejects when aborted.
   */
  scan(endpoints: readonly SshEndpoint[], signal: AbortSignal): Promise<readonly (readonly string[] | undefined)[]>;
  /** Path of the private key beside a public one, if there is one: `~/.ssh/id_ed25519.pub` → `~/.ssh/id_ed25519`. */
  privateKeyOf(publicKeyPath: string): string | undefined;
  /** Ends connections that are kept open, so that nobody goes on over one to a host that is gone. */
  closeConnections(): Promise<void>;
}
