import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runStages } from '../scripts/stages.mjs';
import { addCounts, describeCounts, findForbiddenSkips, parseReport, readAllowedSkips } from '../scripts/test-report.mjs';

const vitestReport = {
  numPassedTests: 1,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    {
      assertionResults: [
        { fullName: 'hosts starts', status: 'passed' },
        { fullName: 'hosts stops', status: 'failed' },
        { fullName: 'hosts (skipped: no Ansible) deploys', status: 'skipped' },
      ],
    },
    {
      assertionResults: [
        { fullName: 'Neovim shows problems', status: 'pending' },
        { fullName: 'Neovim formats', status: 'todo' },
      ],
    },
  ],
};

describe('counts of a report', () => {
  test('a skipped, a pending and a planned test are skipped tests', () => {
    const counts = parseReport(JSON.stringify(vitestReport));
    expect(counts.skipped).toEqual(['hosts (skipped: no Ansible) deploys', 'Neovim shows problems', 'Neovim formats']);
    expect(describeCounts(counts)).toBe('1 passed, 1 failed, 3 skipped');
  });

  test('a report that counts skipped tests and names none does not pass as complete', () => {
    expect(parseReport(JSON.stringify({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 2 })).skipped).toHaveLength(2);
  });

  test('counts of two stages are added', () => {
    const one = { passed: 1, failed: 0, skipped: ['a'] };
    expect(describeCounts(addCounts(one, { passed: 2, failed: 1, skipped: ['b'] }))).toBe('3 passed, 1 failed, 2 skipped');
  });
});

describe('skipped tests in CI', () => {
  const allowed = [{ test: '^image cache .*no mirror', reason: 'the machine has another distribution' }];

  test('one that no entry allows is forbidden', () => {
    expect(findForbiddenSkips(['image cache (skipped: no mirror) builds', 'ict deploy (skipped) deploys'], allowed)).toEqual([
      'ict deploy (skipped) deploys',
    ]);
  });

  test('without entries all are forbidden', () => expect(findForbiddenSkips(['a', 'b'], [])).toEqual(['a', 'b']));

  test('every entry of the repository is a pattern that does not match everything, with a reason', () => {
    for (const { test: pattern, reason } of readAllowedSkips()) {
      expect(new RegExp(pattern).test('some other test')).toBe(false);
      expect(reason).toMatch(/^\S.{15,}/);
    }
  });
});

describe('a stage with a skipped test', () => {
  let folder = '';
  const lines: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ict-stage-'));
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    lines.length = 0;
    rmSync(folder, { recursive: true });
  });

  const run = () => {
    const report = join(folder, 'report.json');
    const text = JSON.stringify({
      numPassedTests: 2,
      numFailedTests: 0,
      testResults: [{ assertionResults: [{ fullName: 'Neovim shows problems', status: 'skipped' }] }],
    });
    const write = `require('fs').writeFileSync(${JSON.stringify(report)}, ${JSON.stringify(text)})`;
    return runStages([{ name: 'editors', report, command: [process.execPath, '-e', write] }], 1);
  };

  test('passes on a machine of a person, and its line says so', async () => {
    vi.stubEnv('CI', '');
    expect(await run()).toMatchObject({ passed: 2, failed: 0 });
    expect(lines.at(-1)).toMatch(/^✓ editors: 2 passed, 0 failed, 1 skipped /);
  });

  test('fails in CI, where no entry allows it, and names the test', async () => {
    vi.stubEnv('CI', 'true');
    expect(await run()).toMatchObject({ passed: 2, failed: 1 });
    expect(lines.join('\n')).toContain('does not allow it: Neovim shows problems');
  });
});
