import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import type { SandboxState, StoredKey, StoredNetwork, StoredServer } from '../store/state-schema.ts';
import type { PanelKind } from './panel-request.ts';

/** An object of the account with its kind. */
export type Subject =
  | { readonly kind: 'server'; readonly object: StoredServer }
  | { readonly kind: 'network'; readonly object: StoredNetwork }
  | { readonly kind: 'key'; readonly object: StoredKey };

/** The object of a kind by id, by a text of digits, or by its name. Throws {@link SandboxProblem} `no-such-object`, or
 * `bad-panel` when several have that name. */
export const findSubject = (state: SandboxState, kind: PanelKind, target: number | string): Subject => {
  switch (kind) {
    case 'server':
      return { kind, object: findOne(state.servers, ({ name }) => name, target) };
    case 'network':
      return { kind, object: findOne(state.networks, ({ name }) => name, target) };
    case 'key':
      return { kind, object: findOne(state.keys, ({ title }) => title, target) };
    default: {
      const unknown: never = kind;
      throw new Error(`Unknown kind ${String(unknown)}`);
    }
  }
};

/** A network of the account for a link, by id or name. */
export const findNetworkOf = (state: SandboxState, target: string): StoredNetwork => findOne(state.networks, ({ name }) => name, target);

function findOne<Item extends { readonly id: number }>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  target: number | string,
): Item {
  const byId = items.find(({ id }) => String(id) === String(target));
  if (byId !== undefined) return byId;
  const named = items.filter((item) => nameOf(item) === target);
  const [first] = named;
  if (first === undefined) throw new SandboxProblem('no-such-object', t('The sandbox has no "{0}".', target));
  if (named.length > 1) {
    throw new SandboxProblem(
      'bad-panel',
      t('Several are called "{0}". Name one by its id: {1}.', target, named.map(({ id }) => id).join(', ')),
    );
  }
  return first;
}
