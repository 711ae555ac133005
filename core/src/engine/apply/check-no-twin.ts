import type { CreateStep } from '#schemas/plan/create-step.ts';
import { CloudError } from '../../ports/cloud-provider.ts';
import { createdKind, createdName } from '../recover/step-entry.ts';
import type { ApplyContext } from './apply-context.ts';
import type { Lists } from './witness.ts';

/**
 * Throws `twin` and starts nothing more when the account has an object of a created name that is not ours: somebody else works with the
 * same names, or an earlier create was carried out late. `ownId`: what this step made; undefined before it was sent. Titles of keys are
 * not unique, so keys have no twins.
 */
export function checkNoTwin(context: ApplyContext, step: CreateStep, lists: Lists, ownId: number | undefined): void {
  const kind = createdKind(step);
  if (kind === 'key') return;
  const name = createdName(step).trim();
  const objects = kind === 'server' ? lists.servers : lists.networks;
  const twins = objects.filter(
    (object) =>
      object.id !== ownId &&
      object.name.trim() === name &&
      object.state !== 'deleting' &&
      object.state !== 'deleted' &&
      !context.recorded.isOwned(kind, object.id),
  );
  if (twins.length === 0) return;
  context.stopRun();
  const ids = [...(ownId === undefined ? [] : [ownId]), ...twins.map(({ id }) => id)];
  throw new CloudError('twin', `${name} exists more than once: ${ids.join(', ')}`, { ids, name });
}
