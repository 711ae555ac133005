import { t, tn } from '#schemas/text/text.ts';
import { type Exchange, idOf, isRow, type Row, rowsOf } from '../read/exchange.ts';
import { finding, listWords, type SurveyAnswers, type SurveyCheck, type SurveyNotes, wordOf } from './survey-notes.ts';

const states = new Set(['New', 'Active', 'Blocked', 'NeedMoney', 'Deleting', 'Deleted']);
const linkStates = new Set(['New', 'Active']);
const linkTypes = new Set(['PublicShared', 'PublicSharedIPv6', 'PublicClient', 'PrivateClient']);
const diskTypes = new Set(['SAS', 'SSD']);
const families = new Set(['Linux', 'Windows', 'Bsd']);
const actionStates = new Set(['InProgress', 'Completed', 'Postponed']);
const actionTypes = new Set([
  'Create', 'Resize', 'PowerOn', 'PowerOff', 'PowerReboot', 'ShutDownGuestOS', 'RebootGuestOS', 'AddNetwork', 'RemoveNetwork',
  'EditNetworkBandwidth', 'Rebuild', 'Copy', 'Delete',
]); // prettier-ignore
/** Largest values the reference has seen accepted. */
const largest = { CPU: 16, RAM: 16_384, HDD: 250 } as const;
/** Names ict gives its servers. */
const plainName = /^[A-Za-z0-9_-]{1,50}$/;

/** Section 3: words, limits, names, and whether the list and GET by id agree. */
export const checkServers: SurveyCheck = (answers, notes) => {
  const servers = answers.list('/server');
  const links = servers.flatMap(({ LinkedNetworks }) => rowsOf(LinkedNetworks));
  checkWords(notes, '3.2', 'unknown-state', '/server', servers, 'State', states);
  checkWords(notes, '3.3', 'unknown-link-state', '/server', links, 'LinkState', linkStates);
  checkWords(notes, '3.3', 'unknown-link-type', '/server', links, 'NetworkType', linkTypes);
  checkWords(notes, '3.6', 'unknown-disk-type', '/server', servers, 'HDDType', diskTypes);
  checkWords(notes, '3.1', 'unknown-family', '/server', servers, 'ImageFamily', families);
  checkLimits(servers, notes);
  checkNames(servers, notes);
  checkOrder(answers, notes);
  checkAgreement(answers, notes);
  checkActions(answers, notes);
};

/** Values of a field that are not among the known ones; absent and empty ones are left out. */
export function checkWords(
  notes: SurveyNotes,
  section: string,
  code: string,
  path: string,
  rows: readonly Row[],
  field: string,
  known: ReadonlySet<string>,
): void {
  const values = rows.map((row) => row[field]).filter((value) => value !== undefined && value !== null && value !== '');
  const unknown = values.filter((value) => typeof value !== 'string' || !known.has(value));
  if (unknown.length > 0)
    notes.add(finding(section, 'new', code, path, t('Unknown values of {0}: {1}.', field, listWords(unknown.map(wordOf)))));
  else if (values.length > 0) notes.confirm(code);
}

function checkLimits(servers: readonly Row[], notes: SurveyNotes): void {
  for (const [field, most] of Object.entries(largest)) {
    const values = servers.map((row) => Number(row[field])).filter(Number.isFinite);
    const top = Math.max(0, ...values);
    if (values.length > 0) notes.expect(top <= most, () => finding('3.4', 'new', `limit-${field}`, '/server', t('{0} goes up to {1}; the reference knows {2}.', field, top, most))); // prettier-ignore
  }
  const odd = servers.filter(({ HDD }) => typeof HDD === 'number' && HDD % 10 !== 0).length;
  if (servers.length > 0)
    notes.expect(odd === 0, () => finding('3.4', 'new', 'disk-step', '/server', t('Disks that are not a multiple of 10 GB: {0}.', odd)));
}

function checkNames(servers: readonly Row[], notes: SurveyNotes): void {
  if (servers.length === 0) return;
  const names = servers.map(({ Name }) => Name).filter((name) => typeof name === 'string');
  const odd = names.filter((name) => !plainName.test(name)).length;
  notes.expect(odd === 0, () => finding('3.1', 'answer', 'plain-names', '/server', t('Names with other characters than Latin letters, digits, - and _, or longer than 50: {0} of {1}.', odd, names.length))); // prettier-ignore
  const twice = names.length - new Set(names).size;
  if (twice > 0)
    notes.add(
      finding(
        '3.1',
        'answer',
        'unique-names',
        '/server',
        tn(
          twice,
          'Names are not unique: {0} server has the name of another.',
          'Names are not unique: {0} servers have the name of another.',
        ),
      ),
    );
  const folded = new Set(names.map((name) => name.trim().toLowerCase())).size;
  if (folded < new Set(names).size)
    notes.add(finding('3.1', 'answer', 'folded-names', '/server', t('Names differ by case or blanks alone.')));
}

/** Order is unknown; that it stays the same, and that a list has the same rows a moment later, is taken for granted. */
function checkOrder({ exchanges }: SurveyAnswers, notes: SurveyNotes): void {
  const [first, second] = exchanges.filter(({ path, status }) => path === '/server' && status === 200);
  const ids = rowsOf(first?.body).map((row) => Number(idOf(row)));
  if (ids.length > 1) {
    const isUp = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0));
    const isDown = ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? 0));
    const text = isUp ? t('The list is sorted by id, oldest first.') : isDown ? t('The list is sorted by id, newest first.') : t('The list is not sorted by id.');
    notes.add(finding('16', 'answer', 'list-order', '/server', text));
  } // prettier-ignore
  if (second === undefined) return;
  const again = rowsOf(second.body).map((row) => Number(idOf(row)));
  notes.expect(sameSet(ids, again), () => finding('14', 'different', 'list-repeats', '/server', t('A second reading has other rows: {0} and {1}.', ids.length, again.length))); // prettier-ignore
}

/** GET by id against the row of the list, both ways. */
function checkAgreement(answers: SurveyAnswers, notes: SurveyNotes): void {
  for (const [kind, section] of [['server', '3.1'], ['network', '8.1'], ['publicnetwork', '8.2'], ['sshkey', '7']] as const) {
    const listed = new Map(answers.list(`/${kind}`).map((row) => [String(idOf(row)), row]));
    if (answers.get(`/${kind}`)?.status !== 200) continue;
    for (const { path, status, body } of answers.matching(new RegExp(`^/${kind}/(?!1$)\\d+$`))) {
      const row = listed.get(path.split('/')[2] ?? '');
      const shown = `/${kind}/{id}`;
      if (row === undefined) {
        if (status === 200) notes.add(finding('3.1', 'different', `list-complete ${kind}`, path, t('The list lacks an object that GET by id has: {0}.', path)));
        continue;
      }
      if (status !== 200 || !isRow(body)) {
        notes.add(finding(section, 'different', `listed-readable ${kind}`, path, t('The list has an object that GET by id answers with status {0}: {1}.', status, path)));
        continue;
      }
      const fields = differingFields(row, body);
      notes.expect(fields.length === 0, () => finding(section, 'different', `list-agrees ${kind}`, shown, t('GET by id and the list differ in {0}.', listWords(fields))));
    }
  } // prettier-ignore
}

function differingFields(row: Row, single: Row): string[] {
  return [...new Set([...Object.keys(row), ...Object.keys(single)])].filter((field) => stable(row[field]) !== stable(single[field]));
}

function checkActions(answers: SurveyAnswers, notes: SurveyNotes): void {
  const lists: readonly Exchange[] = answers.matching(/^\/server\/\d+\/action$/).filter(({ status }) => status === 200);
  const actions = lists.flatMap(({ body }) => rowsOf(body));
  const path = '/server/{id}/action';
  checkWords(notes, '3.8', 'unknown-action-state', path, actions, 'State', actionStates);
  checkWords(notes, '3.8', 'unknown-action-type', path, actions, 'Type', actionTypes);
  for (const { body } of lists) {
    const ids = rowsOf(body).map((row) => Number(idOf(row)));
    if (ids.length < 2) continue;
    notes.expect(ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? 0)), () => finding('3.8', 'different', 'newest-first', path, t('Actions are not listed newest first.')));
  } // prettier-ignore
  const finished = actions.some(({ State }) => State === 'Completed');
  if (actions.length > 0) {
    notes.add(
      finding(
        '3.8',
        'answer',
        'action-history',
        path,
        finished ? t('Finished actions stay in the list.') : t('The list has no finished action.'),
      ),
    );
  } else if (lists.length > 0) notes.add(finding('3.8', 'answer', 'action-history', path, t('The lists of actions are empty.')));
  for (const { path: one, status } of answers.matching(/^\/server\/\d+\/action\/\d+$/)) {
    notes.expect(status === 200, () => finding('3.8', 'different', 'action-readable', one.replace(/\/\d+/g, '/{id}'), t('A listed action is answered with status {0}.', status)));
  } // prettier-ignore
}

function sameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;
}

/** A value as text, whatever the order of its fields. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (!isRow(value)) return JSON.stringify(value) ?? 'absent';
  return `{${Object.keys(value).sort().map((key) => `${key}:${stable(value[key])}`).join()}}`;
} // prettier-ignore
