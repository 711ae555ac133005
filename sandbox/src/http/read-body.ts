import { invalidRequest } from '../errors/api-error.ts';

/** `a=b&c=d`, where no name or value holds what JSON begins with. */
const formText = /^[\w.%+[\]-]+=[^&{}"\s]*(?:&[\w.%+[\]-]+=[^&{}"\s]*)*$/;

/**
 * Parses a request body by its content type: `application/x-www-form-urlencoded` (a .NET client sends everything so), else JSON. A form
 * that is labelled JSON is read as a form, since a Python client sends all its writes so; whether the API takes it is unknown. An empty
 * body is an empty object. Throws a 400 for text that is neither.
 */
export const parseBody = (text: string, contentType: string | undefined): Readonly<Record<string, unknown>> => {
  if (contentType?.toLowerCase().includes('x-www-form-urlencoded') === true) return parseForm(text);
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    if (formText.test(text.trim())) return parseForm(text.trim());
    throw invalidRequest({ '': ['The request body is not valid JSON.'] });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest({ '': ['The request body must be a JSON object.'] });
  }
  return value as Readonly<Record<string, unknown>>;
};

/** Repeated names, `Name[]` and `Name[0]` make a list. */
function parseForm(text: string): Readonly<Record<string, unknown>> {
  const values = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const name = key.replace(/\[\d*\]$/, '');
    const before = values.get(name);
    if (before !== undefined) values.set(name, [...(Array.isArray(before) ? before : [before]), value]);
    else values.set(name, name === key ? value : [value]);
  }
  return Object.fromEntries(values);
}
