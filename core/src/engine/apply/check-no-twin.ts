import type { ObjectState } from '#schemas/state/actual.ts';
import { CloudError } from '../../ports/cloud-provider.ts';
import type { CreateStep } from '#schemas/plan/create-step.ts';
import { createdKind, createdName } from '../recover/step-entry.ts';
import type { ApplyContext } from './apply-context.ts';
import type { Lists } from './witness.ts';

/**
 * Another object of a name that this run uses, which is not ours: somebody else works with the same names, or an earlier create was
 * carried out late. Titles of keys are not unique, so keys have no twins. Undefined: there is none.
 */
export function findTwin({ recorded }: ApplyContext, step: CreateStep, lists: Lists): CloudError | undefined {
  const kind = createdKind(step);
  if (kind === 'key') return undefined;
  const name = createdName(step).trim();
  const objects = kind === 'server' ? lists.servers : lists.networks;
  const twins = objects.filter((object) => nameOf(object) === name && isThere(object) && !recorded.isOwned(kind, object.id));
  if (twins.length === 0) return undefined;
  const ids = [recorded.get(step.address)?.id ?? [], twins.map(({ id }) => id)].flat();
  return new CloudError('twin', `${name} exists more than once: ${ids.join(', ')}`, { ids, name });
}

/** Throws `twin` and starts nothing more when a name that this step uses exists elsewhere. */
export function checkNoTwin(context: ApplyContext, step: CreateStep, lists: Lists): void {
  const twin = findTwin(context, step, lists);
  if (!twin) return;
  context.stopRun();
  throw twin;
}

/** Whether a reading shows a twin of anything that this run has made before: then nothing more may be sent. */
export function hasTwinOfBefore({ recorded, made }: ApplyContext, { servers, networks }: Lists): boolean {
  const strangers = {
    server: new Set(
      servers
        .filter(({ id }) => !recorded.isOwned('server', id))
        .filter(isThere)
        .map(nameOf),
    ),
    network: new Set(
      networks
        .filter(({ id }) => !recorded.isOwned('network', id))
        .filter(isThere)
        .map(nameOf),
    ),
    // Their titles are not unique.
    key: new Set<string>(),
  };
  return [...made].some((step) => strangers[createdKind(step)].has(createdName(step).trim()));
}

const isThere = ({ state }: { readonly state: ObjectState }): boolean => state !== 'deleting' && state !== 'deleted';
const nameOf = ({ name }: { readonly name: string }): string => name.trim();
