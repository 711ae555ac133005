import * as z from 'zod';
import { textSchema } from '../text/text-schema.ts';

/**
 * One thing found out about the API. `different` contradicts docs/reference/1cloud-api.md, `new` is something it does not know,
 * `answer` settles what it calls unknown.
 */
export const surveyFinding = z.object({
  /** Section of the reference: `3.2`. */
  section: z.string(),
  kind: z.enum(['different', 'new', 'answer']),
  /** What it is about, for scripts: `unknown-state`. */
  code: z.string(),
  /** Request it was seen at: `GET /server`. */
  request: z.string(),
  text: textSchema,
});
export type SurveyFinding = z.output<typeof surveyFinding>;

/** Version of the report's format. */
export const SURVEY_FORMAT = 1;

/** Result of `ict doctor --api --json`; `text` of each finding is rendered there. */
export const surveyReport = z.object({
  format: z.literal(SURVEY_FORMAT),
  host: z.string(),
  /** Requests that were sent. */
  requests: z.int(),
  /** Checks that found what the reference says. */
  confirmed: z.array(z.string()),
  findings: z.array(surveyFinding.omit({ text: true }).extend({ text: z.string() })),
  /** Where the transcript was written. */
  transcript: z.string().optional(),
});
