import type { Text } from '#schemas/text/text.ts';

/** Why a host could not be made, started or removed. */
export type HostErrorCode = 'no-image' | 'no-mirror' | 'address-taken' | 'no-answer' | 'too-many' | 'tool-failed' | 'closed';

/** A failure of the machine the hosts stand on; `problem` is the sentence for a person. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;
  readonly problem: Text;

  constructor(code: HostErrorCode, problem: Text, cause?: unknown) {
    super(problem.text, cause === undefined ? undefined : { cause });
    this.code = code;
    this.problem = problem;
  }
}
