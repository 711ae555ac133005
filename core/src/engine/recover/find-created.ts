import type { CreateStep } from '#schemas/plan/create-step.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { createdName, type CreatedObject } from './step-entry.ts';

/** Objects that a create without an answer may have made. */
export interface Candidates {
  /** New, nobody's, and of the name that was asked for. */
  readonly byName: readonly CreatedObject[];
  /** New servers of exactly this hardware, image and data centre under another name: not proof, but reason to ask. */
  readonly lookAlikes: readonly (CreatedObject & { readonly name: string })[];
}

/** What tells a new object from all others. */
export interface Known {
  /** Whether an id was seen before the create was sent. */
  readonly isSeenBefore: (id: number) => boolean;
  /** Whether an id is recorded at some address. */
  readonly isRecorded: (id: number) => boolean;
  /** Whether a name is declared at another address: such an object is rather that one's. */
  readonly isDeclared: (name: string) => boolean;
}

/**
 * Looks for what a create may have made. Its name is compared without case and blanks around it, since the provider may store it so; a
 * name that differs otherwise is no proof, and an object of that name which was there before even less. Pure.
 */
export function findCreated(step: CreateStep, known: Known, actual: Pick<ActualState, 'servers' | 'networks' | 'keys'>): Candidates {
  const isNew = ({ id }: { readonly id: number }): boolean => !known.isSeenBefore(id) && !known.isRecorded(id);
  const wanted = fold(createdName(step));
  switch (step.kind) {
    case 'create-key': {
      const keys = actual.keys.filter((key) => key.blob === step.blob && isNew(key));
      return { byName: keys.map(({ id, title }) => ({ id, name: title })), lookAlikes: [] };
    }
    case 'create-network': {
      const networks = actual.networks.filter((network) => isNew(network) && isUsable(network) && fold(network.name) === wanted);
      return { byName: networks.map(({ id, name }) => ({ id, name })), lookAlikes: [] };
    }
    case 'create-server': {
      const { spec } = step;
      const fresh = actual.servers.filter((server) => isNew(server) && isUsable(server));
      const lookAlikes = fresh.filter(
        ({ name, cpu, ramMb, diskGb, image, dc }) =>
          fold(name) !== wanted &&
          !known.isDeclared(name) &&
          cpu === spec.cpu &&
          ramMb === spec.ramMb &&
          diskGb === spec.diskGb &&
          image === spec.image &&
          dc === spec.dc,
      );
      return { byName: fresh.filter(({ name }) => fold(name) === wanted), lookAlikes };
    }
    default:
      return step satisfies never;
  }
}

const fold = (name: string): string => name.trim().toLowerCase();

const isUsable = ({ state }: { readonly state: string }): boolean => state !== 'deleting' && state !== 'deleted';
