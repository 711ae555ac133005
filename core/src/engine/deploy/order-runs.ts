import type { HostStep } from './host-steps.ts';

/** One run of `ansible-playbook`: a playbook over all the hosts that want it at this point. */
export interface PlaybookRun {
  readonly playbook: string;
  readonly isBundled: boolean;
  readonly label: string;
  readonly tags: readonly string[];
  /** Host → variables that this playbook gets there. In the order of the file. */
  readonly hosts: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/**
 * Joins the steps of all hosts into runs: one run for a playbook over all its hosts, unless their orders contradict each
 * other. On each host the playbooks run in the order of its own list.
 *
 *     web: base nginx      base  (web, db)
 *     db:  base postgresql nginx (web)  postgresql (db)
 */
export function orderRuns(hosts: ReadonlyMap<string, readonly HostStep[]>): readonly PlaybookRun[] {
  const open = new Map([...hosts].filter(([, steps]) => steps.length > 0).map(([host, steps]): [string, HostStep[]] => [host, [...steps]]));
  const runs: PlaybookRun[] = [];
  while (open.size > 0) {
    const next = pickNext([...open.values()]);
    const taking = new Map<string, Readonly<Record<string, unknown>>>();
    let sample: HostStep | undefined;
    for (const [host, steps] of open) {
      const [first] = steps;
      if (!first || keyOf(first) !== next) continue;
      sample ??= first;
      taking.set(host, first.vars);
      steps.shift();
      if (steps.length === 0) open.delete(host);
    }
    // `pickNext` gives the key of somebody's first step, so there is one.
    if (!sample) throw new Error('no host wants the run that was picked');
    const { playbook, isBundled, label, tags } = sample;
    runs.push({ playbook, isBundled, label, tags, hosts: taking });
  }
  return runs;
}

/** A first step that nobody has further back, so that all its hosts run together; where every one is waited for, the first. */
function pickNext(lists: readonly (readonly HostStep[])[]): string {
  const firsts = lists.flatMap(([first]) => (first ? [keyOf(first)] : []));
  const later = new Set(lists.flatMap((steps) => steps.slice(1).map(keyOf)));
  const picked = firsts.find((key) => !later.has(key)) ?? firsts[0];
  if (picked === undefined) throw new Error('nothing is left to run');
  return picked;
}

const keyOf = ({ playbook, isBundled, tags }: HostStep): string => JSON.stringify([isBundled, playbook, tags]);
