/** A plausible infra file with so many server entries; each has its own values, as files grown by hand do. */
export function generateInfra(servers: number): string {
  const lines = [
    'version: 1',
    'project: bench',
    'defaults:',
    '  dc: Xelent',
    '  image: Ubuntu 20.4 x64',
    'sizes:',
    '  small: { cpu: 1, ram: 1 GB, disk: 10 GB }',
    '  large: { cpu: 4, ram: 8 GB, disk: 120 GB }',
    'networks:',
    '  back: { dhcp: true }',
    'servers:',
  ];
  for (let index = 1; index <= servers; index++) {
    lines.push(
      `  node-${index}:`,
      `    size: ${index % 3 === 0 ? 'large' : 'small'}`,
      `    cpu: ${(index % 8) + 1}`,
      `    ram: ${(index % 4) + 1} GB`,
      '    networks: [back]',
      `    vars: { http_port: ${8000 + (index % 100)} }`,
    );
  }
  return `${lines.join('\n')}\n`;
}
