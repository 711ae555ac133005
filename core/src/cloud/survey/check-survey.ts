import type { SurveyFinding } from '#schemas/survey/survey-report.ts';
import { checkAccount } from './checks/check-account.ts';
import { checkCatalogue } from './checks/check-catalogue.ts';
import { checkNetworks } from './checks/check-networks.ts';
import { checkObjects } from './checks/check-objects.ts';
import { checkServers } from './checks/check-servers.ts';
import { checkTransport } from './checks/check-transport.ts';
import { createNotes, openAnswers, type SurveyCheck } from './checks/survey-notes.ts';
import type { Exchange } from './read/exchange.ts';

/** What the checks came to. */
export interface SurveyResult {
  /** Codes of checks that found what the reference says, sorted. */
  readonly confirmed: readonly string[];
  /** By section, then by code. */
  readonly findings: readonly SurveyFinding[];
}

const checks: readonly SurveyCheck[] = [checkTransport, checkObjects, checkServers, checkCatalogue, checkNetworks, checkAccount];

/**
 * Compares the answers of an account with docs/reference/1cloud-api.md. Nothing private is in the result, so raw and cleaned exchanges give
 * the same.
 */
export function checkSurvey(exchanges: readonly Exchange[]): SurveyResult {
  const notes = createNotes();
  const answers = openAnswers(exchanges);
  for (const check of checks) check(answers, notes);
  const findings = [...notes.findings].sort(
    (a, b) => compareSections(a.section, b.section) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
  return { confirmed: notes.confirmed, findings };
}

/** `3.2` before `3.10` before `4`. */
function compareSections(a: string, b: string): number {
  const [[a1 = 0, a2 = 0], [b1 = 0, b2 = 0]] = [a.split('.').map(Number), b.split('.').map(Number)];
  return a1 - b1 || a2 - b2;
}
