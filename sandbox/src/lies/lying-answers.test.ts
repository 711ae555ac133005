import { afterEach, describe, expect, test } from 'vitest';
import { faultVariants } from '../faults/fault-names.ts';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';
import { toRussian } from './russian-messages.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());
const seed = { networks: [{ name: 'back' }], servers: [{ name: 'a', networks: ['back'] }, { name: 'b' }] };
const start = async (...faults: string[]) => (sandbox = await startTestSandbox({ delays: 0, faults, seed }));
const call = async (method: string, path: string, body?: unknown) => {
  const { status, body: value } = await sandbox.call(method, path, body);
  return { status, body: value as Record<string, unknown> };
};
const names = () => sandbox.state.servers.map(({ name }) => name);

describe('a name changed on creation', () => {
  test.each([
    ['underscore', 'web_1'],
    ['lower', 'web-1'],
    ['upper', 'WEB-1'],
    ['trimmed', 'web-'],
    ['suffix', 'web-1-1'],
  ])('%s', async (as, name) => {
    await start(`rename-on-create=POST /server,as=${as}`);
    expect((await call('POST', '/server', validServer)).body).toMatchObject({ Name: name });
    expect(names()).toEqual(['a', 'b', name]);
  });

  test('of a network and a key', async () => {
    await start('rename-on-create=as=upper');
    expect((await call('POST', '/network', { Name: 'x' })).body).toMatchObject({ Name: 'X' });
    expect((await call('POST', '/sshkey', { Title: 'x', PublicKey: 'ssh-rsa AAAA' })).body).toMatchObject({ Title: 'X' });
  });
});

describe('an error that is about something else', () => {
  test('GET by id answers 500 with "not found" while the server is there', async () => {
    await start('says-not-found=GET /server/{id},times=1');
    expect(await call('GET', '/server/900001')).toEqual({
      status: 500,
      body: { Message: 'An error has occurred. vCloud session was not found.' },
    });
    expect((await call('GET', '/server/900001')).status).toBe(200);
  });

  test('with another status and other words', async () => {
    await start('says-not-found=GET,status=400,message=Edge gateway not found');
    expect(await call('GET', '/server')).toEqual({ status: 400, body: { Message: 'Edge gateway not found' } });
  });

  test('200 with an error instead of the object, which is there all the same', async () => {
    await start('error-as-200=POST /server');
    expect(await call('POST', '/server', validServer)).toEqual({ status: 200, body: { Message: 'An error has occurred.' } });
    expect(names()).toHaveLength(3);
  });

  test('a refusal that comes with status 200', async () => {
    await start('refusal-as-200');
    expect(await call('GET', '/server/1')).toEqual({ status: 200, body: { Message: 'Server not found' } });
    expect(await call('POST', '/server', {})).toMatchObject({ status: 200, body: { Message: 'The request is invalid.' } });
  });
});

describe('messages in Russian', () => {
  test.each([
    ['russian-errors', 404],
    ['russian-errors=status=400', 400],
  ])('%s: a missing server', async (fault, status) => {
    await start(fault);
    expect(await call('GET', '/server/1')).toEqual({ status, body: { Message: 'Сервер не найден' } });
  });

  test('keeps the names of the fields and translates what is in them', () => {
    expect(toRussian({ Message: 'The request is invalid.', ModelState: { HDD: ['The disk cannot be made smaller.', 'Something new.'] } })).toEqual(
      { Message: 'Неверный запрос.', ModelState: { HDD: ['Размер диска нельзя уменьшить.', 'Произошла ошибка.'] } },
    ); // prettier-ignore
  });
});

describe('what is left of a deleted server', () => {
  test.each(faultVariants['deleted-stays'])('it stays listed and readable as %s until the fault is cleared', async (state) => {
    await start(`deleted-stays=DELETE /server/{id},as=${state}`);
    expect((await call('DELETE', '/server/900001')).status).toBe(200);
    sandbox.advance(3_600_000);
    expect((await call('GET', '/server/900001')).body).toMatchObject({ State: state, IsPowerOn: false, LinkedNetworks: [] });
    expect((await call('GET', '/server')).body).toMatchObject([{ State: state }, { Name: 'b' }]);
    expect((await call('DELETE', '/server/900001')).status).toBe(200);
    sandbox.faults.clear('deleted-stays');
    expect((await call('GET', '/server/900001')).status).toBe(404);
  });

  test('it goes by itself after the time it was given', async () => {
    await start('deleted-stays=ms=60000');
    await call('DELETE', '/server/900001');
    sandbox.advance(59_999);
    expect((await call('GET', '/server/900001')).body).toMatchObject({ State: 'Deleted' });
    sandbox.advance(60_000);
    expect((await call('GET', '/server/900001')).status).toBe(404);
  });

  test('a network stays as well', async () => {
    await start('deleted-stays=DELETE /network/{id},ms=1000', 'list-twice=/server');
    await call('POST', '/network', { Name: 'other' });
    expect((await call('DELETE', '/network/51002')).status).toBe(200);
    expect((await call('GET', '/network/51002')).body).toMatchObject({ State: 'Deleted' });
    sandbox.advance(1_000);
    expect((await call('GET', '/network/51002')).status).toBe(404);
  });
});

describe('hostile text', () => {
  test('by default in every field that goes anywhere, nested ones included', async () => {
    await start('hostile-text');
    const { body } = await call('GET', '/server/900001');
    for (const field of ['Name', 'State', 'IP', 'AdminUserName', 'PrimaryNetworkIp']) expect(body[field]).toContain('{{ lookup(');
    expect(JSON.stringify(body['LinkedNetworks'])).toContain('touch ict-hostile');
    expect(body['AdminUserName']).toMatch(/^\{\{/);
    expect(body['Name']).toMatch(/^a\{\{/);
  });

  test.each([
    ['option', /^-oProxyCommand/],
    // oxlint-disable-next-line no-control-regex -- these characters are the subject.
    ['escape', /^\u001b\]52;/],
    ['newline', /^\r\n/],
    ['bidi', /^\u202e/],
  ])('%s, in one field of one server', async (as, text) => {
    await start(`hostile-text=as=${as},field=AdminUserName,id=900001`);
    const rows = (await sandbox.call('GET', '/server')).body as Record<string, string>[];
    expect(rows[0]?.['AdminUserName']).toMatch(text);
    expect([rows[0]?.['Name'], rows[1]?.['AdminUserName']]).toEqual(['a', 'root']);
  });

  test('in refusals, also in Russian ones', async () => {
    await start('hostile-text=as=escape,field=Message', 'russian-errors');
    const { body } = await call('GET', '/server/1');
    expect(String(body['Message']).startsWith('Сервер не найден\u001b]52;')).toBe(true);
  });

  test('stays out of the state', async () => {
    await start('hostile-text=field=Name');
    await call('GET', '/server');
    expect(names()).toEqual(['a', 'b']);
  });
});

describe('a twin made by somebody else', () => {
  test.each([
    ['after', 900003],
    ['before', 900004],
  ])('right %s the second create', async (as, ours) => {
    await start(`twin=POST /server,skip=1,times=1,as=${as}`, 'failed-task=POST /server');
    const first = await call('POST', '/server', { ...validServer, Name: 'x' });
    expect(first.body['ID']).toBe(900003);
    const second = await call('POST', '/server', validServer);
    expect(second.body['ID']).toBe(ours + 1);
    const twins = ((await sandbox.call('GET', '/server')).body as Record<string, unknown>[]).filter((row) => row['Name'] === 'web-1');
    expect(twins).toHaveLength(2);
    // Task faults are about our request, not about theirs.
    expect(twins.map((row) => [row['ID'] === second.body['ID'], row['State']])).toEqual(
      as === 'after' ? [[true, 'New'], [false, 'Active']] : [[false, 'Active'], [true, 'New']], // prettier-ignore
    );
  });
});

describe('a write that is late', () => {
  test('late-create: the connection is cut, and the server is made only later', async () => {
    await start('late-create=POST /server,ms=20000,times=1');
    await expect(sandbox.call('POST', '/server', validServer)).rejects.toThrow();
    sandbox.advance(19_999);
    await call('GET', '/server');
    expect(names()).toEqual(['a', 'b']);
    sandbox.advance(1);
    await expect.poll(names).toEqual(['a', 'b', 'web-1']);
    expect(sandbox.requests.counts()['POST /server']).toBe(1);
  });

  test('together with a changed name and a list that lags', async () => {
    await start('late-create=POST /server,ms=10', 'rename-on-create', 'list-lag=ms=1000');
    await expect(sandbox.call('POST', '/server', validServer)).rejects.toThrow();
    sandbox.advance(10);
    await expect.poll(names).toEqual(['a', 'b', 'web_1']);
    expect((await sandbox.call('GET', '/server')).body).toHaveLength(2);
    sandbox.advance(1_000);
    expect((await sandbox.call('GET', '/server')).body).toHaveLength(3);
  });

  test('slow-accept: carried out at once, answered only later', async () => {
    await start('slow-accept=POST /server,ms=100');
    const answer = sandbox.call('POST', '/server', validServer);
    await expect.poll(names).toHaveLength(3);
    expect((await answer).status).toBe(200);
  });
});
