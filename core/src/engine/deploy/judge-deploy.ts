import type { HostStats } from '#schemas/ansible/callback-event.ts';
import type { HostOutcome, PlaybookRecord } from '#schemas/deploy/deploy-record.ts';
import { type ExitCode, exitCodes } from '#schemas/events/exit-code.ts';

const nothing: HostStats = { ok: 0, changed: 0, failures: 0, unreachable: 0, skipped: 0, rescued: 0, ignored: 0 };

/** Counts of each host over several runs. */
export function sumStats(runs: readonly { readonly stats: Readonly<Record<string, HostStats>> }[]): Record<string, HostStats> {
  const sums: Record<string, HostStats> = {};
  for (const { stats } of runs) {
    for (const [host, counts] of Object.entries(stats)) {
      const before = sums[host] ?? nothing;
      sums[host] = {
        ok: before.ok + counts.ok,
        changed: before.changed + counts.changed,
        failures: before.failures + counts.failures,
        unreachable: before.unreachable + counts.unreachable,
        skipped: before.skipped + counts.skipped,
        rescued: before.rescued + counts.rescued,
        ignored: before.ignored + counts.ignored,
      };
    }
  }
  return sums;
}

/**
 * Outcome of one host in one run. Ansible's own counts decide: a failure that a `rescue` has mended is none. A host without
 * counts was not part of a play (its pattern left it out), which is no failure unless the run broke off: then nobody has counts.
 */
export function judgeHost(host: string, { stats, verdict }: Pick<PlaybookRecord, 'stats' | 'verdict'>): HostOutcome {
  const counts = stats[host];
  if (counts && counts.unreachable > 0) return 'unreachable';
  if (counts && counts.failures > 0) return 'failed';
  switch (verdict) {
    case 'done':
    case 'no-hosts':
      return 'ok';
    case 'failed':
    case 'unreachable':
      return Object.keys(stats).length > 0 ? 'ok' : 'failed';
    case 'cancelled':
      return 'skipped';
    case 'invalid':
    case 'crashed':
      return 'failed';
    default:
      return verdict satisfies never;
  }
}

/** Exit code of a deploy (docs/exit-codes.md): cancelled, then failed on hosts, then only unreachable ones. */
export function judgeDeploy(runs: readonly Pick<PlaybookRecord, 'verdict'>[], outcomes: readonly HostOutcome[]): ExitCode {
  if (runs.some(({ verdict }) => verdict === 'cancelled')) return exitCodes.interrupted;
  if (runs.some(({ verdict }) => verdict === 'invalid')) return exitCodes.usage;
  if (runs.some(({ verdict }) => verdict === 'crashed')) return exitCodes.unclassified;
  if (outcomes.includes('failed')) return exitCodes.playbookFailed;
  return outcomes.includes('unreachable') ? exitCodes.hostsUnreachable : exitCodes.done;
}
