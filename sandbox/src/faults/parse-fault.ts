import { type Text, t } from '#schemas/text/text.ts';
import { closestName } from './closest-name.ts';
import { type FaultName, faultNames, neededOptions, variantsOf } from './fault-names.ts';
import { type FaultRule, faultRule } from './fault-rule.ts';

/** A rule, or the sentence that says what is wrong with the text. */
export type FaultParse = { readonly kind: 'rule'; readonly rule: FaultRule } | { readonly kind: 'problem'; readonly problem: Text };

/** Options of a fault as they are written, and the field each sets. */
const options = {
  times: 'times',
  skip: 'skip',
  every: 'every',
  ms: 'ms',
  status: 'status',
  'retry-after': 'retryAfter',
  id: 'id',
  name: 'objectName',
  rows: 'rows',
  as: 'as',
  field: 'field',
  message: 'message',
} as const;
const optionNames = Object.keys(options);
/** Options whose value is a text; the others take a whole number. */
const textOptions: ReadonlySet<string> = new Set(['name', 'as', 'field', 'message']);
const methods = new Set(['GET', 'POST', 'PUT', 'DELETE']);

/**
 * Reads `NAME[=PART[,PART…]]`, where a part is a request (`POST`, `/server`, `POST /server`, `GET /server/{id}`, `/network*`) or an
 * option (`times=1`, `skip=2`, `every=3`, `ms=500`, `status=502`, `retry-after=1`, `id=900001`, `name=web-1`, `rows=2`, `as=suffix`,
 * `field=State`, `message=…`). A value holds no comma.
 */
export const parseFault = (text: string): FaultParse => {
  const [name = '', ...rest] = text.split('=');
  const rule: Record<string, unknown> = { name: name.trim() };
  if (!isFaultName(name.trim())) return unknownFault(name.trim());
  for (const part of rest.join('=').split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const problem = trimmed.includes('=') ? readOption(rule, trimmed) : readRequest(rule, trimmed);
    if (problem !== undefined) return { kind: 'problem', problem };
  }
  const problem = checkVariant(rule['name'] as FaultName, rule) ?? checkNeeded(rule['name'] as FaultName, rule);
  if (problem !== undefined) return { kind: 'problem', problem };
  const checked = faultRule.safeParse(rule);
  if (checked.success) return { kind: 'rule', rule: checked.data };
  const field = String(checked.error.issues[0]?.path[0] ?? '');
  return { kind: 'problem', problem: t('Fault "{0}": the value of "{1}" is out of range.', name.trim(), writtenName(field)) };
};

/** A rule as it would be written, for status and messages. */
export const formatFault = (rule: FaultRule): string => {
  const request = [rule.method, rule.path].filter((part) => part !== undefined).join(' ');
  const set = Object.entries(options).flatMap(([written, field]) => (rule[field] === undefined ? [] : [`${written}=${rule[field]}`]));
  const parts = [...(request === '' ? [] : [request]), ...set];
  return parts.length === 0 ? rule.name : `${rule.name}=${parts.join(',')}`;
};

function checkVariant(name: FaultName, { as }: Record<string, unknown>): Text | undefined {
  const variants = variantsOf(name);
  if (typeof as !== 'string' || variants.includes(as)) return undefined;
  return variants.length === 0
    ? t('Fault "{0}" has no variants: leave "as" out.', name)
    : t('Fault "{0}": "as" is one of {1}.', name, variants.join(', '));
}

function checkNeeded(name: FaultName, rule: Record<string, unknown>): Text | undefined {
  const needed = neededOptions[name];
  if (needed === undefined || needed.some((option) => rule[options[option]] !== undefined)) return undefined;
  return t('Fault "{0}" needs the option {1}.', name, needed.map((option) => `${option}=…`).join(' / '));
}

function isFaultName(name: string): boolean {
  return (faultNames as readonly string[]).includes(name);
}

function unknownFault(name: string): FaultParse {
  const near = closestName(name, faultNames);
  return {
    kind: 'problem',
    problem:
      near === undefined
        ? t('There is no fault "{0}". The faults are: {1}.', name, faultNames.join(', '))
        : t('There is no fault "{0}". Did you mean "{1}"?', name, near),
  };
}

function readOption(rule: Record<string, unknown>, part: string): Text | undefined {
  const sign = part.indexOf('=');
  const [key, value] = [part.slice(0, sign).trim(), part.slice(sign + 1).trim()];
  if (!isOption(key)) {
    const near = closestName(key, optionNames);
    return near === undefined
      ? t('Fault "{0}" has no option "{1}". The options are: {2}.', String(rule['name']), key, optionNames.join(', '))
      : t('Fault "{0}" has no option "{1}". Did you mean "{2}"?', String(rule['name']), key, near);
  }
  if (textOptions.has(key)) {
    rule[options[key]] = value;
    return undefined;
  }
  if (!/^\d+$/.test(value)) return t('Fault "{0}": "{1}" takes a whole number, not "{2}".', String(rule['name']), key, value);
  rule[options[key]] = Number(value);
  return undefined;
}

function readRequest(rule: Record<string, unknown>, part: string): Text | undefined {
  const words = part.split(/\s+/);
  for (const word of words) {
    if (word.startsWith('/')) rule['path'] = word.toLowerCase().replace(/(.)\/$/, '$1');
    else if (methods.has(word.toUpperCase())) rule['method'] = word.toUpperCase();
    else return t('Fault "{0}": "{1}" is neither a method, a path nor an option.', String(rule['name']), word);
  }
  return undefined;
}

function isOption(key: string): key is keyof typeof options {
  return Object.hasOwn(options, key);
}

function writtenName(field: string): string {
  return Object.entries(options).find(([, name]) => name === field)?.[0] ?? field;
}
