import { expect, test } from 'vitest';
import { describeErrorBody, readErrorText, wireErrorBody } from './error-body.ts';

const withFields = { Message: 'The request is invalid.', ModelState: { RAM: ['too small'], '': ['whole'] } };
const read = { message: 'The request is invalid.', fields: { RAM: ['too small'], '': ['whole'] } };

test.each([
  ['a message', { Message: 'Server not found' }, { message: 'Server not found' }],
  ['a message and fields', withFields, read],
  ['fields alone, with a dotted name', { ModelState: { 'model.Name': ['taken'] } }, { fields: { 'model.Name': ['taken'] } }],
  ['one text instead of a list', { ModelState: { Name: 'taken' } }, { fields: { Name: ['taken'] } }],
  ['a JSON document inside a JSON string', JSON.stringify(withFields), read],
  ['a message of the wrong kind beside good fields', { Message: 5, ModelState: { A: ['b'] } }, { fields: { A: ['b'] } }],
  ['fields of the wrong kind beside a good message', { Message: 'm', ModelState: [1] }, { message: 'm' }],
  ['nulls', { Message: null, ModelState: null }, {}],
  ['another object', { error: 'x' }, {}],
  ['a text that is no JSON', 'oops', {}],
  ['null', null, {}],
])('wireErrorBody reads %s', (_reason, value, expected) => expect(wireErrorBody.parse(value)).toEqual(expected));

test.each([
  ['a JSON body', '{"Message":"Server not found"}', { message: 'Server not found' }],
  ['a JSON document inside a JSON string', JSON.stringify(JSON.stringify(withFields)), read],
  ['a JSON string', '"No luck"', { message: 'No luck' }],
  ['plain text', '  Service\n unavailable ', { message: 'Service unavailable' }],
  [
    'an HTML page',
    '<html><head><style>p{}</style><title>502</title></head><body><h1>Bad gateway</h1></body></html>',
    { message: '502 Bad gateway' },
  ],
  ['nothing', '', {}],
  ['a JSON object that says nothing', '{}', {}],
  ['a number', '5', {}],
])('readErrorText reads %s', (_reason, text, expected) => expect(readErrorText(text)).toEqual(expected));

test('a long text is cut', () => {
  const { message = '' } = readErrorText('x'.repeat(1000));
  expect(message).toHaveLength(301);
  expect(message.endsWith('…')).toBe(true);
});

test.each([
  ['message and fields', read, 'The request is invalid. RAM: too small whole'],
  ['a message', { message: 'Server not found' }, 'Server not found'],
  ['fields', { fields: { Name: ['taken', 'long'] } }, 'Name: taken Name: long'],
  ['nothing', {}, undefined],
])('describeErrorBody writes %s', (_reason, body, line) => expect(describeErrorBody(body)).toBe(line));
