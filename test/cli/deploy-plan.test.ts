import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { head, type Lab, openLab } from '../helpers/lab.ts';

// What was confirmed in the editor is what a deploy applies. No playbooks, so that no host is needed.
let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  await lab.write(`${head}servers:\n  web: { monitoring: { agent: false } }\n`);
});
afterEach(() => lab.close());

const saved = (): string => join(lab.folder, 'plan.json');

test('a deploy applies the plan that was confirmed', async () => {
  await lab.run(['plan', '--out', saved()]);
  await lab.run(['deploy', '--plan', saved(), '--yes']);
  expect(lab.serverNames()).toEqual(['web']);
});

test('a deploy applies nothing when file or panel are no longer those of the confirmed plan', async () => {
  await lab.run(['plan', '--out', saved()]);
  await lab.write(`${head}servers:\n  web: { monitoring: { agent: false } }\n  surprise: { monitoring: { agent: false } }\n`);
  expect(await lab.run(['deploy', '--plan', saved(), '--yes'])).toMatchObject({ code: exitCodes.stalePlan });
  expect(lab.serverNames()).toEqual([]);
});

test('a deploy goes on when somebody has made the panel equal to the file meanwhile', async () => {
  await lab.run(['plan', '--out', saved()]);
  await lab.run(['apply', '--yes']);
  const { code, err } = await lab.run(['deploy', '--plan', saved(), '--yes']);
  expect({ code, err }).not.toMatchObject({ code: exitCodes.stalePlan });
});
