import { type Transcript, TRANSCRIPT_KIND, transcript } from '#schemas/survey/transcript.ts';
import type { SandboxState } from '../store/state-schema.ts';
import { applySeed } from './apply-seed.ts';
import { applyTranscript } from './apply-transcript.ts';
import { type Seed, type SeedInput, seed } from './seed-schema.ts';

/** What a sandbox can be started from: a seed, or the transcript of an account that `ict doctor --api` wrote. */
export type SeedSource = Seed | Transcript;
export type SeedSourceInput = SeedInput | Transcript;

/** The schema of a value, by its `kind`; seeds have none. */
export const schemaOf = (value: unknown) => (isTranscript(value) ? transcript : seed);

/** Whether a value says that it is a transcript. */
export const isTranscript = (value: unknown): value is Transcript =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === TRANSCRIPT_KIND;

/** The first state of a sandbox. Throws `SandboxProblem` for a seed that names what it does not have. */
export const applySource = (source: SeedSource, nowMs: number, random: () => number): SandboxState =>
  isTranscript(source) ? applyTranscript(source, nowMs, random) : applySeed(source, nowMs, random);
