import { t } from '#schemas/text/text.ts';
import { type Exchange, isRow, rowsOf, idOf } from '../read/exchange.ts';
import { ABSENT_SERVER } from '../read/read-survey.ts';
import { finding, listWords, type SurveyAnswers, type SurveyCheck, type SurveyNotes, wordOf } from './survey-notes.ts';

/** Headers that any web server sends. */
const usualHeaders = new Set([
  'content-type', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'date', 'server', 'cache-control', 'pragma', 'expires',
  'vary', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'strict-transport-security', 'content-encoding', 'etag',
]); // prettier-ignore
const limitHeader = /rate|limit|retry|quota|throttl/;
/** The two forms on record, and the zero date. */
const dateForms = [
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?$/,
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?[+-]\d{2}:\d{2}$/,
];

/** Sections 1, 12 and 13: how answers are dressed, how refusals look, what says something about limits. */
export const checkTransport: SurveyCheck = (answers, notes) => {
  const good = answers.exchanges.filter(({ status, body }) => status === 200 && body !== undefined);
  for (const { path, headers } of good) {
    const type = headers['content-type'] ?? '';
    notes.expect(/^application\/json\b/i.test(type), () =>
      finding('1', 'different', 'json-type', patternOf(path), t('The answer is JSON, but its type is {0}.', type === '' ? '–' : type)),
    );
  }
  for (const { path, status, otherBytes } of answers.exchanges) {
    if (otherBytes === undefined) continue;
    notes.add(finding('12', 'different', 'not-json', patternOf(path), t('An answer with status {0} is no JSON.', status)));
  }
  checkStatuses(answers, notes);
  checkHeaders(answers.exchanges, notes);
  checkPathCase(answers, notes);
  checkDates(good, notes);
  checkAbsent(answers.get(ABSENT_SERVER), notes);
};

/** A list that is refused; DNS and storage are products of their own, which an account may lack. */
function checkStatuses({ exchanges }: SurveyAnswers, notes: SurveyNotes): void {
  const sections: Readonly<Record<string, string>> = {
    '/customer/balance': '9', '/project': '9', '/server': '3', '/image': '4', '/dcLocation': '6', '/sshkey': '7', '/network': '8.1',
    '/publicnetwork': '8.2', '/dns': '11', '/storage': '10',
  }; // prettier-ignore
  for (const { path, status } of exchanges) {
    const section = sections[path];
    if (section === undefined) continue;
    notes.expect(status === 200, () =>
      status === 0
        ? finding(section, 'different', `status ${path}`, path, t('No answer came.'))
        : finding(section, section.length === 2 ? 'answer' : 'different', `status ${path}`, path, t('The answer has status {0}.', status)),
    );
  }
}

function checkHeaders(exchanges: readonly Exchange[], notes: SurveyNotes): void {
  const attempts = exchanges.flatMap((one) =>
    [...(one.earlier ?? []), one].map(({ status, headers }) => ({ path: one.path, status, headers })),
  );
  const names = new Set(attempts.flatMap(({ headers }) => Object.keys(headers)));
  const limits = [...names].filter((name) => limitHeader.test(name));
  if (limits.length > 0)
    notes.add(finding('13', 'answer', 'limit-headers', '*', t('Headers that may carry the rate limit: {0}.', listWords(limits))));
  const others = [...names].filter((name) => !usualHeaders.has(name) && !limitHeader.test(name));
  if (others.length > 0)
    notes.add(finding('1', 'new', 'unknown-headers', '*', t('Headers the reference does not know: {0}.', listWords(others))));
  else notes.confirm('unknown-headers');
  const limited = attempts.find(({ status }) => status === 429 || status === 503);
  if (limited !== undefined) {
    notes.add(
      finding(
        '13',
        'answer',
        'limited',
        patternOf(limited.path),
        t('A request was refused with status {0} in spite of our pauses.', limited.status),
      ),
    );
  } else notes.confirm('limited');
}

function checkPathCase(answers: SurveyAnswers, notes: SurveyNotes): void {
  const [plain, cased] = [answers.get('/server'), answers.get('/Server/')];
  if (plain === undefined || cased === undefined || plain.status !== 200) return;
  const isSame = cased.status === plain.status && sorted(cased).join() === sorted(plain).join();
  notes.expect(isSame, () =>
    finding('1', 'different', 'path-case', '/Server/', t('A path in another case with a final slash is answered differently.')),
  );
}

const sorted = ({ body }: Exchange): string[] => rowsOf(body).map((row) => String(idOf(row))).sort(); // prettier-ignore

function checkDates(exchanges: readonly Exchange[], notes: SurveyNotes): void {
  const visit = (value: unknown, field: string, path: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, field, path);
    else if (isRow(value)) for (const [name, item] of Object.entries(value)) visit(item, name, path);
    else if (typeof value === 'string' && value !== '' && /date/i.test(field)) {
      notes.expect(dateForms.some((form) => form.test(value)), () =>
        finding('1', 'new', 'date-form', patternOf(path), t('{0} has another form of date: {1}.', field, value.replace(/\d/g, '9'))),
      ); // prettier-ignore
    }
  };
  for (const { path, body } of exchanges) visit(body, '', path);
}

/** How "there is no such server" looks: much depends on telling it from everything else. */
function checkAbsent(absent: Exchange | undefined, notes: SurveyNotes): void {
  if (absent === undefined || absent.status === 0) return;
  const { path, status, body } = absent;
  notes.expect(status === 404, () =>
    finding('12', 'different', 'absent-status', path, t('A server that does not exist is answered with status {0}, not 404.', status)),
  );
  const message = isRow(body) ? body['Message'] : undefined;
  notes.expect(message === 'Server not found', () =>
    finding('12', 'different', 'absent-words', path, typeof message === 'string' ? t('It says {0} instead of "Server not found".', wordOf(message)) : t('Its answer has no Message.')),
  ); // prettier-ignore
  const fields = isRow(body) ? Object.keys(body).filter((field) => field !== 'Message' && field !== 'ModelState') : [];
  if (fields.length > 0) notes.add(finding('12', 'new', 'error-fields', path, t('An error has more fields: {0}.', listWords(fields))));
}

const patternOf = (path: string): string => path.replace(/\/\d+/g, '/{id}');
