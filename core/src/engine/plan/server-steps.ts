import type { Address } from '#schemas/infra/names.ts';
import type { FieldChange } from '#schemas/plan/plan.ts';
import type { Hardware, ServerSpec } from '#schemas/plan/create-step.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { ServerValues } from '#schemas/state/values.ts';
import type { DesiredServer } from '../../infra/desired-state.ts';
import { makeStep } from './planned.ts';

/** Steps that bring a declared server into being: create, link its networks, then its power state. `replaced`: what it had before. */
export function createSteps(desired: DesiredServer, replaced: { readonly replacedIds?: number[] } = {}): Step[] {
  const { values, writeOnly, address, name, imageId, protect } = desired;
  const { cpu, ramMb, diskGb, diskType, pool, dc, image } = values;
  const { backupPeriod, sshKeys } = writeOnly;
  const spec: ServerSpec = { cpu, ramMb, diskGb, diskType, pool, name, dc, image, imageId, backupPeriod, sshKeys };
  const steps: Step[] = [makeStep('create-server', address, { spec, protect, ...replaced })];
  for (const network of values.networks) steps.push(makeStep('link-network', address, { network }, `:${network}`));
  if (values.power === 'off') steps.push(makeStep('power-server', address, { power: 'off' }));
  return steps;
}

/** Steps that bring an existing server to the values it should have: resize, unlink, link, power. */
export function updateSteps(address: Address, values: ServerValues, actual: ServerValues, fields: readonly FieldChange[]): Step[] {
  const changed = new Set(fields.map((field) => field.field));
  const steps: Step[] = [];
  if (['cpu', 'ram', 'disk', 'disk_type', 'pool'].some((field) => changed.has(field))) {
    steps.push(makeStep('resize-server', address, { from: toHardware(actual), to: toHardware(values) }));
  }
  if (changed.has('networks')) {
    for (const network of actual.networks.filter((name) => !values.networks.includes(name)))
      steps.push(makeStep('unlink-network', address, { network }, `:${network}`));
    for (const network of values.networks.filter((name) => !actual.networks.includes(name)))
      steps.push(makeStep('link-network', address, { network }, `:${network}`));
  }
  if (changed.has('power')) steps.push(makeStep('power-server', address, { power: values.power }));
  return steps;
}

const toHardware = (values: ServerValues): Hardware => ({
  cpu: values.cpu,
  ramMb: values.ramMb,
  diskGb: values.diskGb,
  diskType: values.diskType,
  pool: values.pool,
});
