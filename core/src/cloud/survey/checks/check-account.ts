import { t } from '#schemas/text/text.ts';
import { isRow, rowsOf } from '../read/exchange.ts';
import { finding, listWords, type SurveyCheck } from './survey-notes.ts';

/** Section 9: account, balance, projects. Sums do not matter, their form does. */
export const checkAccount: SurveyCheck = (answers, notes) => {
  const account = answers.get('/account')?.body;
  const projects = isRow(account) ? rowsOf(account['ProjectBalances']).map(({ ProjectId }) => ProjectId) : [];
  if (isRow(account)) {
    const hasBalance = 'Balance' in account;
    notes.add(finding('9', 'answer', 'account-balance', '/account', hasBalance ? t('Balance is still there.') : t('Balance is gone.')));
    notes.add(finding('9', 'answer', 'projects', '/account', t('Projects in ProjectBalances: {0}.', projects.length)));
    const fields = rowsOf(account['ProjectBalances']).flatMap((row) => Object.keys(row)).filter((field) => !['ProjectId', 'Balance'].includes(field)); // prettier-ignore
    if (fields.length > 0) notes.add(finding('9', 'new', 'project-fields', '/account', t('Fields the reference does not know: {0}.', listWords(fields.map((field) => `ProjectBalances[].${field}`))))); // prettier-ignore
  }
  const balance = answers.get('/customer/balance');
  if (balance?.status === 200) {
    const { body } = balance;
    const isText = typeof body === 'string';
    notes.expect(isText && /^-?\d+(?:\.\d+)?$/.test(body), () =>
      finding('9', 'different', 'balance-form', '/customer/balance', t('The balance is no quoted number with a point: {0}.', isText ? body.replace(/\d/g, '9').slice(0, 30) : typeof body)),
    ); // prettier-ignore
  }
  const project = answers.get('/project');
  if (project?.status !== 200 || !isRow(project.body)) return;
  const fields = Object.keys(project.body).filter((field) => field !== 'Balances');
  if (fields.length > 0) notes.add(finding('9', 'new', 'project-shape', '/project', t('Fields the reference does not know: {0}.', listWords(fields)))); // prettier-ignore
  const balances = project.body['Balances'];
  const named = rowsOf(balances).map(({ ProjectId }) => ProjectId);
  const isSame = named.length > 0 && named.every((id) => projects.includes(id));
  const text = isSame
    ? t('Balances has a row for each project it names, all of them in ProjectBalances.')
    : Array.isArray(balances)
      ? t('Balances is a list without the ids of ProjectBalances.')
      : isRow(balances)
        ? t('Balances is an object with the fields {0}.', listWords(Object.keys(balances)))
        : t('Balances is of another kind: {0}.', typeof balances);
  notes.add(finding('9', 'answer', 'balances', '/project', text));
};
