import { afterEach, expect, test } from 'vitest';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

const file = `${head}
networks: { back: {} }
servers:
  web: { count: 3, networks: [back] }
  db: { power: off }
`;

let lab: Lab | undefined;
afterEach(() => lab?.close());

/** Fault as it is written for `--fault`, and whether one apply must get through it alone. */
const faults: readonly (readonly [string, 'at once' | 'after it ends'])[] = [
  ['rate-limit=every=2,retry-after=0', 'at once'],
  ['rate-limit=POST /server,times=2,retry-after=0', 'at once'],
  ['server-error=GET /server,times=2', 'at once'],
  // The answer to a create was lost: it is not sent again in the same run.
  ['server-error=POST /server,times=1', 'after it ends'],
  ['html-error=GET /server,times=1', 'after it ends'],
  ['empty-body=POST /server,times=1', 'at once'],
  ['non-json=POST /server/{id}/action,times=1', 'at once'],
  ['slow=POST /server,ms=30', 'at once'],
  ['reset-after-accept=POST /server', 'at once'],
  ['reset-after-accept=POST /network,times=1', 'at once'],
  ['reset-after-accept=POST /server/{id}/action,times=2', 'at once'],
  ['reset-before-accept=POST /server,times=2', 'after it ends'],
  ['postponed=ms=20', 'at once'],
  ['stuck-task=times=1', 'after it ends'],
  ['failed-task=times=1', 'after it ends'],
  ['need-money=POST /server,times=1', 'after it ends'],
  ['strict-dc', 'at once'],
  ['delete-shows-deleting', 'at once'],
  ['key-base64-only', 'at once'],
];

test.each(faults)('%s: apply ends in the same state, without a duplicate', async (fault, ends) => {
  lab = await openLab({ faults: [fault] }, { ICT_TASK_TIMEOUT_MS: '400', ICT_ATTEMPTS: '15' });
  await lab.write(file);
  const first = await lab.run(['apply', '--yes']);
  if (ends === 'at once') expect(`${first.code} ${first.err}`).toMatch(/^0 /);
  lab.sandbox.faults.clear();
  if (fault.startsWith('need-money'))
    for (const server of lab.sandbox.state.servers) if (server.state === 'NeedMoney') server.state = 'Active';
  for (let attempt = 0; attempt < 3 && hasChanges(await lab.plan()); attempt++) await lab.run(['apply', '--yes']);
  expect(lab.serverNames()).toEqual(['db', 'web-1', 'web-2', 'web-3']);
  expect(lab.sandbox.state.networks).toHaveLength(1);
  expect(hasChanges(await lab.plan())).toBe(false);
  expect(Object.values((await lab.ledger()).entries).every((entry) => entry.origin === 'created')).toBe(true);
});
