import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { Address } from '#schemas/infra/names.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DesiredState } from '../desired-state.ts';

/** A selector that selects nothing. A slip of the pen here must not look like "nothing to do". */
export interface SelectorProblem {
  readonly selector: string;
  readonly detail: Text;
  readonly suggestion?: string;
}

export interface Selection {
  /** Sorted in the order of the file: servers, networks, keys. */
  readonly addresses: readonly Address[];
  readonly problems: readonly SelectorProblem[];
}

/** The parts of desired state that selectors name. */
export type Selectable = Pick<DesiredState, 'groups'> & {
  readonly [Part in 'servers' | 'networks' | 'keys']: readonly Pick<DesiredState[Part][number], 'address'>[];
};

/**
 * Addresses that `--only` and `--except` name: an address (`network.back`), a server entry or group, one server
 * (`web-1`), or a pattern with `*` and `?` over addresses (`server.web-*`) or over names of servers and groups (`web-*`).
 * An exact name goes before a pattern.
 */
export function selectAddresses(desired: Selectable, selectors: readonly string[]): Selection {
  const all = [...desired.servers, ...desired.networks, ...desired.keys].map(({ address }) => address);
  const selected = new Set<Address>();
  const problems: SelectorProblem[] = [];
  for (const selector of selectors) {
    const found = findAddresses(desired, all, selector);
    if (found) for (const address of found) selected.add(address);
    else problems.push(createProblem(desired, all, selector));
  }
  return { addresses: all.filter((address) => selected.has(address)), problems };
}

/** Undefined when nothing has that name; an empty list for an entry with `count: 0`, which is there but has no server. */
function findAddresses(desired: Selectable, all: readonly Address[], selector: string): readonly Address[] | undefined {
  const exact = all.filter((address) => address === selector || address === `server.${selector}`);
  if (exact.length > 0) return exact;
  if (Object.hasOwn(desired.groups, selector)) return desired.groups[selector];
  if (!/[*?]/.test(selector)) return undefined;
  const matches = createMatcher(selector);
  const found = all.filter((address) => matches(address) || (address.startsWith('server.') && matches(address.slice('server.'.length))));
  const groups = Object.entries(desired.groups).filter(([name]) => matches(name));
  return found.length === 0 && groups.length === 0 ? undefined : [...found, ...groups.flatMap(([, addresses]) => addresses)];
}

/** Matches without a regular expression, so that no pattern can be slow: on a mismatch the last `*` takes one more character. */
export function createMatcher(pattern: string): (text: string) => boolean {
  return (text) => {
    let [at, from, star, retry] = [0, 0, -1, 0];
    while (at < text.length) {
      if (pattern[from] === '*') {
        star = from;
        retry = at;
        from += 1;
      } else if (from < pattern.length && (pattern[from] === '?' || pattern[from] === text[at])) {
        at += 1;
        from += 1;
      } else if (star >= 0) {
        from = star + 1;
        retry += 1;
        at = retry;
      } else return false;
    }
    return /^\**$/.test(pattern.slice(from));
  };
}

function createProblem(desired: Selectable, all: readonly Address[], selector: string): SelectorProblem {
  const servers = desired.servers.map(({ address }) => address.slice('server.'.length));
  const near = didYouMean(selector, [...Object.keys(desired.groups), ...servers, ...all]);
  return near === undefined
    ? {
        selector,
        detail: t(
          'Nothing in the file has the name `{0}`. Write an address, a server, an entry, a group, or a pattern such as `web-*`.',
          selector,
        ),
      }
    : { selector, detail: t('Nothing in the file has the name `{0}`. Did you mean `{1}`?', selector, near), suggestion: near };
}
