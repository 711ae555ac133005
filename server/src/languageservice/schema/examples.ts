import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { toPattern } from './value-kind.ts';

/** Values that can be copied, by pattern; `@` stands for a server entry or the defaults. Words of the file: not translated. */
const examples: Readonly<Record<string, string>> = {
  version: 'version: 1',
  project: 'project: shop',
  include: 'include: [sizes.infra.yaml]',
  prices: 'prices: prices.yaml',
  'limits.monthly_budget': 'monthly_budget: 8000',
  'sizes.*': 'small: { cpu: 1, ram: 1 GB, disk: 10 GB }',
  'ssh_keys.*': 'laptop: ~/.ssh/id_ed25519.pub',
  'networks.*': 'back: { dhcp: true }',
  'groups.*': 'shop: { servers: [web, db] }',
  '@.dc': 'dc: Xelent',
  '@.image': 'image: Ubuntu 20.4 x64',
  '@.ram': 'ram: 2 GB',
  '@.disk': 'disk: 40 GB',
  'sizes.*.ram': 'ram: 2 GB',
  'sizes.*.disk': 'disk: 40 GB',
  '@.playbooks': 'playbooks: [nginx, { path: site.yml, tags: [config] }]',
  '@.vars': 'vars: { http_port: 8080 }',
  '@.backup': 'backup: { period: 7 }',
  '@.monitoring': 'monitoring: { transport: ssh }',
  '@.networks': 'networks: [back]',
  '@.ssh_keys': 'ssh_keys: [laptop]',
  'servers.*.count': 'count: 2',
  'servers.*.app': 'app: { source: ., dest: /srv/shop }',
  'servers.*.app.exclude': 'exclude: [node_modules, .git]',
  'servers.*.app.after': 'after: [systemctl reload nginx]',
  'servers.*.app.health': 'health: { url: "http://127.0.0.1:8080/health", within: 30s }',
  'alerts.*': 'cpu-high: { metric: cpu, above: 90%, for: 5m, clear: 75% }',
  'alerts.*.above': 'above: 90%',
  'alerts.*.below': 'below: 10%',
  'alerts.*.clear': 'clear: 75%',
  'alerts.*.for': 'for: 5m',
  'notify.*': "team: { type: telegram, chat: '-1001', token_env: TELEGRAM_TOKEN }",
  'schedules.*': "nights: { cron: '0 20 * * 1-5', action: stop, targets: [web] }",
  'schedules.*.cron': "cron: '0 20 * * 1-5'",
  'schedules.*.every': 'every: 1h',
  'schedules.*.timezone': 'timezone: Europe/Moscow',
};

/** An example of the key at a path, as it would stand in the file. */
export function exampleAt(path: ValuePath): string | undefined {
  const pattern = toPattern(path);
  return examples[pattern] ?? examples[pattern.replace(/^(?:servers\.\*|defaults)(?=\.)/, '@')];
}
