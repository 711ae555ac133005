import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { inputBoolean, inputIds, inputInt, inputText, maybe, readInput } from './lenient-input.ts';
import { parseBody } from './read-body.ts';

const fields = { Name: inputText, ImageID: inputInt, IsHigh: maybe(inputBoolean), Keys: maybe(inputIds) };

describe('readInput', () => {
  test.each([
    ['names as documented', { Name: 'a', ImageID: 1 }, { Name: 'a', ImageID: 1 }],
    ['names in any case', { name: 'a', imageId: 1, ISHIGH: true }, { Name: 'a', ImageID: 1, IsHigh: true }],
    ['texts for numbers and booleans', { Name: 'a', ImageID: '3492', IsHigh: 'True' }, { Name: 'a', ImageID: 3492, IsHigh: true }],
    ['a number for a text', { Name: 5, ImageID: 1 }, { Name: '5', ImageID: 1 }],
    ['names nobody knows', { Name: 'a', ImageID: 1, playbook: 'x' }, { Name: 'a', ImageID: 1 }],
    ['null and an empty text as missing', { Name: 'a', ImageID: 1, IsHigh: null, Keys: '' }, { Name: 'a', ImageID: 1 }],
    ['a list of ids in texts', { Name: 'a', ImageID: 1, Keys: ['1', 2] }, { Name: 'a', ImageID: 1, Keys: [1, 2] }],
    ['one id for a list', { Name: 'a', ImageID: 1, Keys: '7' }, { Name: 'a', ImageID: 1, Keys: [7] }],
    ['blanks around a text', { Name: ' a ', ImageID: 1 }, { Name: 'a', ImageID: 1 }],
  ])('takes %s', (_reason, body, expected) => expect(readInput(body, fields)).toEqual(expected));

  test.each([
    ['what is missing', {}, { Name: ['The Name field is required.'], ImageID: ['The ImageID field is required.'] }],
    ['null where something must be', { Name: null, ImageID: 1 }, { Name: ['The Name field is required.'] }],
    ['a word for a number', { Name: 'a', imageid: 'x' }, { ImageID: ['The value "x" is not valid for ImageID.'] }],
    ['a fraction for an id', { Name: 'a', ImageID: 1.5 }, { ImageID: ['The value 1.5 is not valid for ImageID.'] }],
    ['a blank name', { Name: '  ', ImageID: 1 }, { Name: ['The value "  " is not valid for Name.'] }],
  ])('names %s', (_reason, body, modelState) => expect(modelStateOf(() => readInput(body, fields))).toEqual(modelState));
});

describe('parseBody', () => {
  const form = 'application/x-www-form-urlencoded';
  test.each([
    ['JSON', '{"A":1}', 'application/json', { A: 1 }],
    ['JSON with a byte-order mark', '\uFEFF{"A":1}', 'application/json; charset=utf-8', { A: 1 }],
    ['JSON without a content type', '{"A":1}', undefined, { A: 1 }],
    ['nothing', '', undefined, {}],
    ['a form', 'A=1&B=a+b%21', form, { A: '1', B: 'a b!' }],
    ['a form with a charset', 'A=1', `${form}; charset=UTF-8`, { A: '1' }],
    ['repeated names', 'K=1&K=2&K=3', form, { K: ['1', '2', '3'] }],
    ['names with brackets', 'K[]=1', form, { K: ['1'] }],
    ['names with numbers in brackets', 'K[0]=1&K[1]=2', form, { K: ['1', '2'] }],
  ])('reads %s', (_reason, text, contentType, expected) => expect(parseBody(text, contentType)).toEqual(expected));

  test.each([['{"A":'], ['[1]'], ['"text"'], ['5'], ['null']])('refuses %s', (text) => {
    expect(Object.keys(modelStateOf(() => parseBody(text, 'application/json')) ?? {})).toEqual(['']);
  });
});

function modelStateOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return error.modelState;
    throw error;
  }
  throw new Error('nothing was refused');
}
