import writeFileAtomic from 'write-file-atomic';
import type { Settings } from '#schemas/settings/settings.ts';
import type { Transcript } from '#schemas/survey/transcript.ts';
import { checkSurvey, type SurveyResult } from '../cloud/survey/check-survey.ts';
import { cleanExchanges } from '../cloud/survey/clean/clean-exchanges.ts';
import { findLeaks } from '../cloud/survey/clean/find-leaks.ts';
import { createSurveyReader } from '../cloud/survey/read/create-survey-reader.ts';
import { readSurvey, type SurveyRequest } from '../cloud/survey/read/read-survey.ts';
import { toTranscript } from '../cloud/survey/to-transcript.ts';
import { systemClock } from '../platform/clock.ts';
import type { Environment } from '../platform/environment.ts';
import { type Clock, toTimestamp } from '../ports/clock.ts';

export interface SurveyOptions {
  readonly settings: Settings;
  readonly token: string;
  readonly environment: Environment;
  readonly version: string;
  readonly recorded: SurveyRequest['recorded'];
  readonly onRequest?: (path: string) => void;
  readonly clock?: Clock;
}

/** What a survey found, and its transcript without secrets. */
export interface Survey extends SurveyResult {
  readonly transcript: Transcript;
}

/**
 * Reads everything readable of an account by GET, paced like any other reading, and compares it with the API reference. Throws `CloudError`
 * when the account cannot be read at all.
 */
export async function runSurvey(options: SurveyOptions, signal: AbortSignal): Promise<Survey> {
  const { settings, token, environment, version, recorded, onRequest, clock = systemClock } = options;
  const reader = createSurveyReader({ endpoint: settings.endpoint, token: () => token, clock, settings, environment, version });
  try {
    const raw = await readSurvey({ read: reader.read, recorded, ...(onRequest === undefined ? {} : { onRequest }) }, signal);
    // The token is the key of the stand-ins: nobody else can make them, and the same account always gets the same.
    const exchanges = cleanExchanges(raw, token);
    const transcript = toTranscript(exchanges, { endpoint: settings.endpoint, madeAt: toTimestamp(clock), version });
    const leaks = findLeaks(JSON.stringify(transcript), raw, token);
    if (leaks.length > 0) throw new Error(`a transcript would hold ${leaks.join(', ')}: nothing was written`);
    return { ...checkSurvey(exchanges), transcript };
  } finally {
    reader.close();
  }
}

/** Writes a transcript, readable by its owner only. Throws the file system's error. */
export async function writeTranscript(path: string, transcript: Transcript): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(transcript, null, 1)}\n`, { mode: 0o600 });
}
