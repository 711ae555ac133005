import { join } from 'node:path';
import { expect, test } from 'vitest';
import { head, openLab, readAllFiles } from '#test/helpers/lab.ts';

test('after a full run no file, output, log or event holds the token or a password', async () => {
  const lab = await openLab(
    { faults: ['server-error=GET /account,times=1', 'failed-task=POST /server/{id}/action,times=1'] },
    { ICT_LOG: 'debug', ICT_TASK_TIMEOUT_MS: '400' },
  );
  try {
    const outputs: string[] = [];
    const run = async (...args: string[]): Promise<number> => {
      const { code, out, err } = await lab.run([...args, '--events', join(lab.folder, `events-${outputs.length}.ndjson`)]);
      outputs.push(out, err);
      return code;
    };
    await lab.write(`${head}networks: { back: {} }\nservers: { web: { count: 2, networks: [back] }, db: {} }\n`);
    await run('plan', '--out', join(lab.folder, 'plan.json'), '--full');
    await run('apply', '--yes');
    expect(await run('apply', '--yes')).toBe(0);
    await run('plan', '--json');
    await run('status', '--json');
    await run('whoami', '--json');
    await run('power', 'stop', 'web', '--yes');
    await lab.write(`${head}servers: { db: {} }\n`);
    await run('apply', '--allow-deletes', '3');
    outputs.push((await lab.run(['plan'], { environment: { ONECLOUD_TOKEN: 'd'.repeat(64) } })).err);

    const passwords = lab.sandbox.state.servers.map((server) => server.adminPassword).filter((password) => typeof password === 'string');
    expect(passwords.length).toBeGreaterThan(0);
    const secrets = [lab.sandbox.token, 'd'.repeat(64), ...passwords];
    const files = await readAllFiles(lab.folder);
    expect([...files.keys()].map((path) => path.replace(/.*\//, ''))).toEqual(
      expect.arrayContaining(['ledger.json', 'journal.ndjson', 'plan.json']),
    );
    expect(outputs.join('')).toMatch(/debug/);
    for (const secret of secrets) {
      expect([...files].filter(([, text]) => text.includes(secret)).map(([path]) => path)).toEqual([]);
      expect(outputs.filter((text) => text.includes(secret))).toEqual([]);
    }
  } finally {
    await lab.close();
  }
});
