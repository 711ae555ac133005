import { describe, expect, test } from 'vitest';
import { faultNames, faultVariants, neededOptions } from './fault-names.ts';
import { formatFault, parseFault } from './parse-fault.ts';

const allOptions = 'times, skip, every, ms, status, retry-after, id, name, rows, as, field, message';

describe('reads', () => {
  test.each([
    ['a name alone', 'strict-dc', { name: 'strict-dc' }],
    ['blanks around everything', ' slow = GET /server , ms = 500 ', { name: 'slow', method: 'GET', path: '/server', ms: 500 }],
    [
      'a method and a path',
      'reset-after-accept=POST /server,times=1',
      { name: 'reset-after-accept', method: 'POST', path: '/server', times: 1 },
    ],
    ['a method alone', 'rate-limit=get', { name: 'rate-limit', method: 'GET' }],
    ['a path alone, in any case and with a final slash', 'html-error=/Server/{id}/', { name: 'html-error', path: '/server/{id}' }],
    ['everything below a path', 'slow=/server*', { name: 'slow', path: '/server*' }],
    ['options only', 'rate-limit=every=3,retry-after=2', { name: 'rate-limit', every: 3, retryAfter: 2 }],
    ['skip and status', 'server-error=skip=2,status=503', { name: 'server-error', skip: 2, status: 503 }],
    ['parts in any order', 'stuck-task=times=1,PUT', { name: 'stuck-task', method: 'PUT', times: 1 }],
    ['nothing after the sign', 'non-json=', { name: 'non-json' }],
    [
      'what a list leaves out',
      'list-omits=GET /server,id=900001,times=1',
      { name: 'list-omits', method: 'GET', path: '/server', id: 900001, times: 1 },
    ],
    ['a name, whose case counts', 'dc-withdrawn=name=SdnSpb', { name: 'dc-withdrawn', objectName: 'SdnSpb' }],
    ['rows', 'list-cut=rows=0', { name: 'list-cut', rows: 0 }],
    ['a variant and a field', 'hostile-text=as=bidi,field=State', { name: 'hostile-text', as: 'bidi', field: 'State' }],
    [
      'words with a sign in them',
      'says-not-found=status=400,message=Task a=b was not found',
      { name: 'says-not-found', status: 400, message: 'Task a=b was not found' },
    ],
  ])('%s', (_reason, text, rule) => expect(parseFault(text)).toEqual({ kind: 'rule', rule }));

  test.each(faultNames.filter((name) => !(name in neededOptions)))('the name %s', (name) =>
    expect(parseFault(name)).toEqual({ kind: 'rule', rule: { name } }),
  );
});

describe('refuses', () => {
  test.each([
    ['a misspelt name', 'stuck-tasks', 'There is no fault "{0}". Did you mean "{1}"?', ['stuck-tasks', 'stuck-task']],
    ['a name like none', 'earthquake', 'There is no fault "{0}". The faults are: {1}.', ['earthquake', faultNames.join(', ')]],
    ['no name', '', 'There is no fault "{0}". The faults are: {1}.', ['', faultNames.join(', ')]],
    ['a misspelt option', 'slow=tmes=1', 'Fault "{0}" has no option "{1}". Did you mean "{2}"?', ['slow', 'tmes', 'times']],
    [
      'an option like none',
      'slow=probability=1',
      'Fault "{0}" has no option "{1}". The options are: {2}.',
      ['slow', 'probability', allOptions],
    ],
    [
      'an option called like something of every object',
      'slow=constructor=1',
      'Fault "{0}" has no option "{1}". The options are: {2}.',
      ['slow', 'constructor', allOptions],
    ],
    ['a word for a number', 'slow=ms=long', 'Fault "{0}": "{1}" takes a whole number, not "{2}".', ['slow', 'ms', 'long']],
    ['a number out of range', 'server-error=status=200', 'Fault "{0}": the value of "{1}" is out of range.', ['server-error', 'status']],
    [
      'a status that is no failure of the server',
      'server-error=status=404',
      'Fault "{0}": the value of "{1}" is out of range.',
      ['server-error', 'status'],
    ],
    ['an unknown variant', 'twin=as=during', 'Fault "{0}": "as" is one of {1}.', ['twin', 'after, before']],
    ['a variant of a fault that has none', 'slow=as=much', 'Fault "{0}" has no variants: leave "as" out.', ['slow']],
    ['nothing to leave out', 'list-omits=GET /server', 'Fault "{0}" needs the option {1}.', ['list-omits', 'id=… / name=…']],
    ['nothing to withdraw', 'image-withdrawn', 'Fault "{0}" needs the option {1}.', ['image-withdrawn', 'name=…']],
    ['zero times', 'slow=times=0', 'Fault "{0}": the value of "{1}" is out of range.', ['slow', 'times']],
    [
      'a method the API does not have',
      'slow=PATCH /server',
      'Fault "{0}": "{1}" is neither a method, a path nor an option.',
      ['slow', 'PATCH'],
    ],
  ])('%s', (_reason, text, message, args) => {
    expect(parseFault(text)).toEqual({ kind: 'problem', problem: { text: message, args } });
  });
});

test.each(Object.entries(faultVariants).flatMap(([name, variants]) => variants.map((as) => `${name}=as=${as}`)))('knows %s', (text) => {
  expect(parseFault(text).kind).toBe('rule');
});

test.each([
  'strict-dc',
  'list-omits=GET /server,times=1,id=900001',
  'hostile-text=name=web-1,as=bidi,field=State',
  'slow=GET /server,ms=500',
  'rate-limit=every=3,retry-after=2',
  'slow=/server*',
  'server-error=POST,times=1,skip=2',
])('writes %s as it was read', (text) => {
  const parsed = parseFault(text);
  expect(parsed.kind === 'rule' && formatFault(parsed.rule)).toBe(text);
});
