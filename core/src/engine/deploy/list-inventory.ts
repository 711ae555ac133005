import type { Inventory } from '#schemas/ansible/inventory.ts';

/** What Ansible expects of an inventory script called with `--list`: groups with their hosts, and all variables in `_meta`. */
export function listInventory({ all }: Inventory): Readonly<Record<string, unknown>> {
  const groups = Object.entries(all.children).map(([name, { hosts, vars }]) => [
    name,
    { hosts: Object.keys(hosts ?? {}), ...(vars ? { vars } : {}) },
  ]);
  return {
    _meta: { hostvars: all.hosts },
    all: { hosts: Object.keys(all.hosts), vars: all.vars, children: ['ungrouped', ...Object.keys(all.children)] },
    ...Object.fromEntries(groups),
  };
}

/** The tree that `ansible-inventory --graph` draws. */
export function drawInventory({ all }: Inventory): string {
  const lines = ['@all:'];
  for (const [name, { hosts }] of Object.entries(all.children)) {
    lines.push(`  |--@${name}:`);
    for (const host of Object.keys(hosts ?? {})) lines.push(`  |  |--${host}`);
  }
  const grouped = new Set(Object.values(all.children).flatMap(({ hosts }) => Object.keys(hosts ?? {})));
  const rest = Object.keys(all.hosts).filter((host) => !grouped.has(host));
  if (rest.length > 0) lines.push('  |--@ungrouped:', ...rest.map((host) => `  |  |--${host}`));
  return `${lines.join('\n')}\n`;
}
