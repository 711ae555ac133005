import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultNames, faultVariants } from '../faults/fault-names.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';

/** Real waiting has no place in a property. */
const names = faultNames.filter((name) => name !== 'slow' && name !== 'slow-accept');

const rule: fc.Arbitrary<FaultRule> = fc.record({ name: fc.constantFrom(...names), seed: fc.nat(20), id: fc.integer({ min: 900_001, max: 900_004 }) }).map(({ name, seed, id }) => {
  const variants: readonly string[] = name in faultVariants ? faultVariants[name as keyof typeof faultVariants] : [];
  const isNamed = name === 'image-withdrawn' || name === 'dc-withdrawn';
  return {
    name,
    ...(seed % 3 === 0 ? { times: 1 + (seed % 2) } : {}),
    ...(seed % 4 === 0 ? { every: 2 } : {}),
    ...(name === 'list-omits' || name === 'unreadable-row' ? { id } : {}),
    ...(isNamed ? { objectName: name === 'dc-withdrawn' ? 'SdnSpb' : 'Ubuntu20.04x64' } : {}),
    ...(variants.length === 0 ? {} : { as: variants[seed % variants.length] ?? '' }),
    ...(name.endsWith('-lag') || name === 'late-create' || name === 'deleted-stays' ? { ms: 100 * seed } : {}),
  };
}); // prettier-ignore

const orders = [
  ['GET', '/server'], ['GET', '/server/900001'], ['GET', '/server/900001/action'], ['POST', '/server', validServer], ['PUT', '/server/900001', { CPU: 2 }],
  ['POST', '/server/900001/action', { Type: 'PowerOff' }], ['DELETE', '/server/900002'], ['GET', '/network'], ['POST', '/network', { Name: 'n-1' }],
  ['DELETE', '/network/51001'], ['GET', '/sshkey'], ['POST', '/sshkey', { Title: 'k', PublicKey: 'ssh-rsa AAAA' }], ['GET', '/account'], ['GET', '/project'],
  ['GET', '/customer/balance'], ['GET', '/image'], ['GET', '/dcLocation'],
] as const; // prettier-ignore
const order = fc.constantFrom(...orders);

/** A cut connection is an answer here. */
const call = async (sandbox: TestSandbox, [method, path, body]: (typeof orders)[number]): Promise<string> => {
  try {
    return (await sandbox.call(method, path, body)).text;
  } catch {
    return 'cut';
  }
};

test('faults in any combination spoil answers, never the sandbox', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { maxLength: 6 }), fc.array(order, { minLength: 3, maxLength: 10 }), fc.boolean(), async (rules, requests, isPanelBusy) => {
      const sandbox = await startTestSandbox({ delays: 50, faults: rules, seed: { networks: [{ name: 'back' }], servers: [{ name: 'a' }, { name: 'b' }] } });
      try {
        for (const request of requests) {
          expect(await call(sandbox, request)).not.toContain('ExceptionMessage');
          if (isPanelBusy) sandbox.panel({ do: 'create', name: 'stranger' });
          sandbox.advance(100);
        }
        sandbox.faults.clear();
        // A late write is carried out once its time has come, and its task takes time of its own.
        sandbox.advance(100_000);
        await sandbox.call('GET', '/account');
        sandbox.advance(100_000);
        const ids = ((await sandbox.call('GET', '/server')).body as { ID: number }[]).map(({ ID }) => ID);
        // The lies are over: the list is the truth, and every object in it can be read.
        expect(ids).toEqual(sandbox.state.servers.map(({ id }) => id));
        for (const id of ids) expect((await sandbox.call('GET', `/server/${id}`)).status).toBe(200);
        expect(sandbox.state.servers.some(({ isGone }) => isGone === true)).toBe(false);
        expect(sandbox.state.tasks).toEqual([]);
      } finally {
        await sandbox.close();
      }
    }),
    { numRuns: 60 },
  );
}); // prettier-ignore
