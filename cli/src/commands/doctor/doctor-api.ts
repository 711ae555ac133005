import { resolve } from 'node:path';
import { runSurvey, type Survey, writeTranscript } from '#core/create-core/run-survey.ts';
import { findCredentials } from '#core/platform/credentials.ts';
import { readSettings } from '#core/platform/environment.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { SURVEY_FORMAT, surveyReport } from '#schemas/survey/survey-report.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { readLedgerIds } from '../../inputs/read-project-name.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';
import { TimeLimitError } from '../../session/session.ts';
import { renderSurvey } from '../../views/survey-view.ts';

/** File of the transcript when no option names one. */
export const DEFAULT_TRANSCRIPT = 'ict-api-transcript.json';

/**
 * `ict doctor --api`: reads the account by GET and says where the API differs from the reference. Findings are no failures: gives 0 when
 * the account could be read. Throws what the provider, the network or the file system throws.
 */
export async function examineApi(host: CliHost, options: { out?: string; file?: string }, globals: GlobalOptions): Promise<number> {
  const { io } = host;
  const { token, endpoint } = await findCredentials(io.environment, globals.context);
  const recorded = await findRecorded(host, options.file);
  const stop = new AbortController();
  const release = io.onInterrupt(() => stop.abort(new Error('interrupted')));
  const timer =
    globals.timeout === undefined ? undefined : setTimeout(() => stop.abort(new TimeLimitError('time limit')), globals.timeout * 1000);
  if (globals.json !== true) host.complain(t('Reading the account at {0}. Nothing is changed.', endpoint));
  let survey: Survey;
  try {
    const settings = readSettings(io.environment, endpoint);
    survey = await runSurvey({ settings, token, environment: io.environment, version: host.version, recorded }, stop.signal);
  } catch (error) {
    throw stop.signal.reason instanceof TimeLimitError ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
    release();
  }
  const path = resolve(io.cwd, options.out ?? DEFAULT_TRANSCRIPT);
  await writeTranscript(path, survey.transcript).catch((error: unknown) => {
    throw new UsageError(t('{0} cannot be written: {1}', path, error instanceof Error ? error.message : String(error)));
  });
  show(host, survey, path, globals);
  return exitCodes.done;
}

function show(host: CliHost, { transcript, findings, confirmed }: Survey, path: string, { json }: GlobalOptions): void {
  const { io, render, style } = host;
  if (json !== true) {
    io.out(
      renderSurvey({ host: transcript.host, requests: transcript.exchanges.length, confirmed: confirmed.length, findings }, render, style),
    );
    host.say(t('Transcript: {0}', path));
    host.say(t('It holds no token, password or e-mail; names, addresses, keys and sums are replaced. Read it before you send it.'));
    return;
  }
  const report = surveyReport.parse({
    format: SURVEY_FORMAT,
    host: transcript.host,
    requests: transcript.exchanges.length,
    confirmed,
    findings: findings.map((finding) => ({ ...finding, text: render(finding.text) })),
    transcript: path,
  });
  io.out(`${JSON.stringify(report, null, 2)}\n`);
}

/** Ids of the ledger here; none when no file was named and none is here. */
async function findRecorded(host: CliHost, file: string | undefined) {
  const found = await findInfraFile(host.io.cwd, file).catch((error: unknown) => {
    if (file === undefined && error instanceof UsageError) return undefined;
    throw error;
  });
  if (found === undefined) return [];
  const ids = await readLedgerIds(host, found);
  return [...ids].flatMap(([address, id]) => {
    const kind = (['server', 'network', 'key'] as const).find((one) => address.startsWith(`${one}.`));
    return kind === undefined ? [] : [{ kind, id }];
  });
}
