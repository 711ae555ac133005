import { expect, test } from 'vitest';
import { matchInstances } from './match-instances.ts';

const web = { address: 'server.web-1', name: 'web-1', ip: '10.0.0.1', port: 9100 } as const;

test.each<[string, string[], string | undefined]>([
  ['as Prometheus writes it itself', ['10.0.0.2:9100', '10.0.0.1:9100'], '10.0.0.1:9100'],
  ['the agent goes before another exporter of the host', ['10.0.0.1:9100', '10.0.0.1:9256'], '10.0.0.1:9100'],
  ['another port', ['10.0.0.1:19100'], '10.0.0.1:19100'],
  ['relabelled to its name', ['web-1'], 'web-1'],
  ['its name with a port, in capitals', ['WEB-1:9100'], 'WEB-1:9100'],
  ['a name that only begins so', ['web-10', 'web-1.example.org'], undefined],
  ['an address that only begins so', ['10.0.0.10:9100'], undefined],
  ['nothing', [], undefined],
])('%s', (_reason, instances, expected) => {
  expect(matchInstances([web], instances).get('server.web-1')).toBe(expected);
});
