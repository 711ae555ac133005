import type { CreateStep } from '#schemas/plan/create-step.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { createdName, type CreatedObject } from './step-entry.ts';

/** Objects that a create without an answer may have made. */
export interface Candidates {
  /** New, nobody's, and of the name that was asked for. */
  readonly byName: readonly CreatedObject[];
  /** New servers of exactly this hardware, image and data centre under another name: not proof, but reason to ask. */
  readonly lookAlikes: readonly (CreatedObject & { readonly name: string })[];
  /** Of the name, but older than what was seen before: a list left them out, and they may be anybody's. */
  readonly older: readonly (CreatedObject & { readonly name: string })[];
}

/** What tells a new object from all others. */
export interface Known {
  /** Whether an id was seen before the create was sent. */
  readonly isSeenBefore: (id: number) => boolean;
  /** The largest id that was seen before: ids grow, so what has a smaller one was there already. 0: none was seen. */
  readonly newestId: number;
  /** Whether an id is recorded at some address. */
  readonly isRecorded: (id: number) => boolean;
  /** Whether a name is declared at another address: such an object is rather that one's. */
  readonly isDeclared: (name: string) => boolean;
}

/**
 * Looks for what a create may have made. Its name is compared without case and blanks around it, since the provider may store it so; a
 * name that differs otherwise is no proof, and an object of that name which was there before even less, though a list may have left it
 * out then. Pure.
 */
export function findCreated(step: CreateStep, known: Known, actual: Pick<ActualState, 'servers' | 'networks' | 'keys'>): Candidates {
  const isNew = ({ id }: { readonly id: number }): boolean => !known.isSeenBefore(id) && !known.isRecorded(id);
  const wanted = fold(createdName(step));
  switch (step.kind) {
    case 'create-key': {
      const keys = actual.keys.filter((key) => key.blob === step.blob && isNew(key));
      return divideByAge(
        keys.map(({ id, title }) => ({ id, name: title })),
        [],
        known,
      );
    }
    case 'create-network': {
      const networks = actual.networks.filter((network) => isNew(network) && isUsable(network) && fold(network.name) === wanted);
      return divideByAge(
        networks.map(({ id, name }) => ({ id, name })),
        [],
        known,
      );
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
      return divideByAge(
        fresh.filter(({ name }) => fold(name) === wanted),
        lookAlikes,
        known,
      );
    }
    default:
      return step satisfies never;
  }
}

function divideByAge(
  named: readonly (CreatedObject & { readonly name: string })[],
  lookAlikes: Candidates['lookAlikes'],
  { newestId }: Known,
): Candidates {
  return { byName: named.filter(({ id }) => id > newestId), lookAlikes, older: named.filter(({ id }) => id <= newestId) };
}

const fold = (name: string): string => name.trim().toLowerCase();

const isUsable = ({ state }: { readonly state: string }): boolean => state !== 'deleting' && state !== 'deleted';
