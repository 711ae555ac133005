import { describe, expect, test } from 'vitest';
import type { HostOutcome } from '#schemas/deploy/deploy-record.ts';
import { type RunVerdict, runVerdicts } from '#schemas/events/ansible-event.ts';
import { counts } from '#test/helpers/deploy-samples.ts';
import { judgeDeploy, judgeHost, sumStats } from './judge-deploy.ts';

describe('a host in one run', () => {
  test.each<[string, RunVerdict, Parameters<typeof judgeHost>[1]['stats'], HostOutcome]>([
    ['went well', 'done', { web: counts() }, 'ok'],
    ['went well while another failed', 'failed', { web: counts(), db: counts({ failures: 1 }) }, 'ok'],
    ['failed', 'failed', { web: counts({ failures: 1 }) }, 'failed'],
    ['was not reached', 'unreachable', { web: counts({ ok: 0, unreachable: 1 }) }, 'unreachable'],
    ['was lost after a failure', 'failed', { web: counts({ failures: 1, unreachable: 1 }) }, 'unreachable'],
    ['had its failure mended', 'done', { web: counts({ rescued: 1 }) }, 'ok'],
    ['had its failure ignored', 'done', { web: counts({ ignored: 1 }) }, 'ok'],
    ['was in no play', 'failed', { db: counts({ failures: 1 }) }, 'ok'],
    ['was in no play at all', 'no-hosts', {}, 'ok'],
    ['was in a run that broke off failing', 'failed', {}, 'failed'],
    ['was in a run that broke off for want of a connection', 'unreachable', {}, 'failed'],
    ['was in a run that was cancelled', 'cancelled', {}, 'skipped'],
    ['was in a run that did not start', 'invalid', {}, 'failed'],
    ['was in a run that broke', 'crashed', {}, 'failed'],
  ])('%s', (_reason, verdict, stats, outcome) => {
    expect(judgeHost('web', { verdict, stats })).toBe(outcome);
  });
});

describe('the exit code', () => {
  test.each<[string, readonly RunVerdict[], readonly HostOutcome[], number]>([
    ['nothing ran', [], [], 0],
    ['all went well', ['done', 'done'], ['ok', 'ok'], 0],
    ['a host failed', ['failed'], ['ok', 'failed'], 10],
    ['a host failed and another was away', ['failed'], ['unreachable', 'failed'], 10],
    ['a host was away', ['unreachable'], ['ok', 'unreachable'], 11],
    ['a host was away before anything ran', [], ['unreachable'], 11],
    ['it was cancelled after a failure', ['failed', 'cancelled'], ['failed', 'skipped'], 130],
    ['a playbook was no good', ['done', 'invalid'], ['failed'], 3],
    ['Ansible broke', ['crashed'], ['failed'], 1],
  ])('when %s', (_reason, verdicts, outcomes, code) => {
    expect(
      judgeDeploy(
        verdicts.map((verdict) => ({ verdict })),
        outcomes,
      ),
    ).toBe(code);
  });

  test.each(runVerdicts.filter((verdict) => verdict !== 'done' && verdict !== 'no-hosts'))('is not 0 after %s', (verdict) => {
    expect(judgeDeploy([{ verdict }], [judgeHost('web', { verdict, stats: {} })])).not.toBe(0);
  });
});

test('counts add up over runs', () => {
  expect(sumStats([{ stats: { a: counts({ changed: 1 }) } }, { stats: { a: counts({ ok: 4, failures: 1 }), b: counts() } }])).toEqual({
    a: counts({ ok: 5, changed: 1, failures: 1 }),
    b: counts(),
  });
});
