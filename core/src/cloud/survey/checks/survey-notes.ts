import type { SurveyFinding } from '#schemas/survey/survey-report.ts';
import type { Text } from '#schemas/text/text.ts';
import { type Exchange, rowsOf, type Row } from '../read/exchange.ts';

/** What checks look at: the answers of one account. */
export interface SurveyAnswers {
  readonly exchanges: readonly Exchange[];
  /** The first exchange of a path. */
  get(path: string): Exchange | undefined;
  /** Objects of a list that was answered with 200. */
  list(path: string): readonly Row[];
  /** Exchanges whose path matches, such as every server read by its id. */
  matching(path: RegExp): readonly Exchange[];
}

/** What checks write into. No name, address or sum goes in: only ids, fields, and the provider's own words. */
export interface SurveyNotes {
  /** A check found what the reference says. */
  confirm(code: string): void;
  add(finding: SurveyFinding): void;
  /** Confirms the code when the condition holds, else adds the finding. */
  expect(isSo: boolean, finding: () => SurveyFinding): void;
}

/** A check of one subject. */
export type SurveyCheck = (answers: SurveyAnswers, notes: SurveyNotes) => void;

/** Opens the answers of a survey for checks. */
export const openAnswers = (exchanges: readonly Exchange[]): SurveyAnswers => ({
  exchanges,
  get: (path) => exchanges.find((one) => one.path === path),
  list: (path) => {
    const found = exchanges.find((one) => one.path === path);
    return found?.status === 200 ? rowsOf(found.body) : [];
  },
  matching: (path) => exchanges.filter((one) => path.test(one.path)),
});

/** Makes a finding; `path` is the request it was seen at. */
export const finding = (section: string, kind: SurveyFinding['kind'], code: string, path: string, text: Text): SurveyFinding => ({
  section,
  kind,
  code,
  request: `GET ${path}`,
  text,
});

/** Collects confirmations and findings; the same finding twice counts once. */
export function createNotes(): SurveyNotes & { readonly confirmed: readonly string[]; readonly findings: readonly SurveyFinding[] } {
  const confirmed = new Set<string>();
  const findings = new Map<string, SurveyFinding>();
  const add = (one: SurveyFinding): void => void findings.set(JSON.stringify([one.section, one.code, one.text]), one);
  return {
    confirm: (code) => void confirmed.add(code),
    add,
    expect: (isSo, make) => {
      const one = make();
      if (isSo) confirmed.add(one.code);
      else add(one);
    },
    get confirmed() {
      const contradicted = new Set([...findings.values()].map(({ code }) => code));
      return [...confirmed].filter((code) => !contradicted.has(code)).sort();
    },
    get findings() {
      return [...findings.values()];
    },
  };
}

/** Words for a message, at most eight of them. */
export const listWords = (words: Iterable<string>): string => {
  const all = [...new Set(words)].sort();
  return all.length > MAX_WORDS ? `${all.slice(0, MAX_WORDS).join(', ')}, …` : all.join(', ');
};
const MAX_WORDS = 8;

/** A text of the provider in a message: without digits that may be somebody's, and not too long. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 60)).slice(1, -1) : typeof value;
