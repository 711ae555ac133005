import type { Address } from '#schemas/infra/names.ts';

/** A server as Prometheus may call it. */
export interface PrometheusHost {
  readonly address: Address;
  readonly name: string;
  readonly ip: string;
  /** Port of its agent. */
  readonly port: number;
}

/**
 * Finds each server among the values of the label `instance`: its address and the agent's port as Prometheus writes them itself,
 * else its address or its name with any port or none, as people relabel them. Servers that are not among them are left out.
 */
export function matchInstances(hosts: readonly PrometheusHost[], instances: Iterable<string>): ReadonlyMap<Address, string> {
  const known = new Set(instances);
  const byHost = new Map([...known].sort().map((instance) => [instance.replace(/:\d+$/, '').toLowerCase(), instance]));
  return new Map(
    hosts.flatMap(({ address, name, ip, port }) => {
      const usual = `${ip}:${port}`;
      const found = known.has(usual) ? usual : (byHost.get(ip) ?? byHost.get(name.toLowerCase()));
      return found === undefined ? [] : [[address, found] as const];
    }),
  );
}
