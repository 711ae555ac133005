import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSample } from '../testing/read-sample.ts';

const head = 'version: 1\nproject: p\n';

async function expandWeb(text: string) {
  const { partial } = await readSample(head + text);
  const entry = partial?.entries.find(({ name }) => name === 'web');
  if (!entry) throw new Error('no entry');
  return entry;
}

test('built-in values hold where nobody says otherwise', async () => {
  const { values, origins, instances } = await expandWeb('servers: { web: {} }');
  expect(values).toEqual({
    pool: 'base',
    disk_type: 'SSD',
    power: 'on',
    ssh_keys: [],
    networks: [],
    playbooks: [],
    vars: {},
    backup: 'off',
    monitoring: { agent: true, transport: 'ssh', port: 9100 },
  });
  expect(new Set(Object.values(origins))).toEqual(new Set(['built-in']));
  expect(instances).toEqual(['web']);
});

const layer = fc.record(
  { cpu: fc.integer({ min: 1, max: 8 }), disk_type: fc.constantFrom('SSD', 'SAS'), pool: fc.constantFrom('base', 'high') },
  { requiredKeys: [] },
);

test('the entry wins over the size, the size over defaults, defaults over what is built in', async () => {
  await fc.assert(
    fc.asyncProperty(layer, layer, layer, fc.boolean(), async (defaults, size, entry, isSizeInDefaults) => {
      const web = { ...entry, ...(isSizeInDefaults ? {} : { size: 's' }) };
      const { values, origins } = await expandWeb(`defaults: ${JSON.stringify({ ...defaults, ...(isSizeInDefaults ? { size: 's' } : {}) })}
sizes: { s: ${JSON.stringify(size)} }
servers: { web: ${JSON.stringify(web)} }
`);
      expect(values).toMatchObject({ pool: 'base', disk_type: 'SSD', ...defaults, ...size, ...entry });
      for (const field of ['cpu', 'disk_type', 'pool'] as const) {
        const layers = { entry, size, defaults };
        const origin = (['entry', 'size', 'defaults'] as const).find((name) => layers[name][field] !== undefined);
        expect(origins[field]).toBe(origin ?? (field === 'cpu' ? undefined : 'built-in'));
      }
    }),
    { numRuns: 200 },
  );
});

test('vars and monitoring are merged, lists are replaced', async () => {
  const { values } = await expandWeb(`defaults: { vars: { a: 1, b: 1 }, networks: [x, y], monitoring: { port: 9200 } }
networks: { x: {}, y: {} }
servers: { web: { vars: { b: 2 }, networks: [y], monitoring: { agent: false } } }`);
  expect(values).toMatchObject({ vars: { a: 1, b: 2 }, networks: ['y'], monitoring: { agent: false, transport: 'ssh', port: 9200 } });
});

test('each value knows where it stands', async () => {
  const web = await expandWeb('defaults: { dc: Xelent }\nsizes: { s: { cpu: 2 } }\nservers: { web: { size: s, disk: 10 } }');
  expect(web.source.start).toEqual({ line: 4, character: 11 });
  expect(web.sourceOf('dc')?.start).toEqual({ line: 2, character: 16 });
  expect(web.sourceOf('cpu')?.start).toEqual({ line: 3, character: 19 });
  expect(web.sourceOf('disk')?.start).toEqual({ line: 4, character: 33 });
  expect(web.sourceOf('pool')).toBeUndefined();
  expect(web.sourceOf('image')).toBeUndefined();
});

describe('count', () => {
  test.each([
    ['no count', '{}', ['web']],
    ['one', '{ count: 1 }', ['web-1']],
    ['three', '{ count: 3 }', ['web-1', 'web-2', 'web-3']],
    ['none', '{ count: 0 }', []],
  ])('%s', async (_name, entry, expected) => expect((await expandWeb(`servers: { web: ${entry} }`)).instances).toEqual(expected));
});

test('groups hold entries, instances and groups, each server once', async () => {
  const { partial } = await readSample(`${head}servers: { web: { count: 2 }, db: {} }
groups: { front: { servers: [web] }, every: { servers: [db, front, web-1] }, none: { servers: [nobody] }, ring: { servers: [ring, db] } }`);
  expect(partial?.groups).toEqual({
    web: ['server.web-1', 'server.web-2'],
    db: ['server.db'],
    front: ['server.web-1', 'server.web-2'],
    every: ['server.db', 'server.web-1', 'server.web-2'],
    none: [],
    ring: ['server.db'],
  });
});
