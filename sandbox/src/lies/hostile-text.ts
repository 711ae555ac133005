import { variantOf } from '../faults/fault-names.ts';
import type { FaultRule, RequestFacts } from '../faults/fault-rule.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { isAbout, isRow, type WireRow } from './wire-row.ts';

/** Fields that carry text of the provider or of a person into terminals, files, inventories and programs. */
const textFields: ReadonlySet<string> = new Set(
  ['AdminUserName', 'IP', 'PrimaryNetworkIp', 'Name', 'HostName', 'State', 'Title', 'DisplayName', 'NetworkName', 'Email', 'Message'].map(
    (field) => field.toLowerCase(),
  ),
);

/** Fields that are replaced whole, as an attacker would; in the others the text is added to what is there. */
const replacedFields: ReadonlySet<string> = new Set(['adminusername', 'ip', 'primarynetworkip']);

/** What each variant adds. Whoever runs the first two as a template or an option makes a file called `ict-hostile`. */
const hostile = {
  template: "{{ lookup('pipe', 'touch ict-hostile; echo root') }}",
  option: '-oProxyCommand=touch${IFS}ict-hostile',
  escape: '\u001b]52;c;aWN0\u0007\u001b]8;;http://example.com\u0007x\u001b]8;;\u0007\u001b[2J\u009b31m',
  newline: '\r\n- server.forged · delete\u2028',
  bidi: '\u202egnp.exe\u202c\u200b\u2066\ufeff',
} as const;

/**
 * Puts hostile text into the fields of every object in an answer (`hostile-text`), nested ones included: one field when the rule
 * names it, else all of {@link textFields}; one object when the rule has an id or a name.
 */
export const makeHostile = (value: unknown, request: RequestFacts, faults: FaultSwitches): unknown =>
  faults.takeAll('hostile-text', request).reduce((answer, rule) => {
    if (Array.isArray(answer)) return answer.map((row: unknown) => (isAbout(rule, row) ? change(row, rule) : row));
    return isAbout(rule, answer) ? change(answer, rule) : answer;
  }, value);

function change(value: unknown, rule: FaultRule): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => change(item, rule));
  if (!isRow(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, old]) => [field, changeField(field, old, rule)])) satisfies WireRow;
}

function changeField(field: string, old: unknown, rule: FaultRule): unknown {
  const name = field.toLowerCase();
  const isMeant = rule.field === undefined ? textFields.has(name) : rule.field.toLowerCase() === name;
  if (typeof old !== 'string' || !isMeant) return change(old, rule);
  const text = hostile[variantOf('hostile-text', rule.as)];
  return replacedFields.has(name) ? text : `${old}${text}`;
}
