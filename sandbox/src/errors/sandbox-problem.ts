import type { Text } from '#schemas/text/text.ts';

/** Why a sandbox could not be started, reached or told something. */
export type SandboxProblemCode =
  | 'bad-seed'
  | 'bad-fault'
  | 'bad-state'
  | 'bad-panel'
  | 'no-such-object'
  | 'port-taken'
  | 'no-hosts'
  | 'already-running'
  | 'not-running'
  | 'start-failed'
  | 'start-timeout'
  | 'stop-timeout';

/** A failure of the sandbox that a person has to know about; `problem` is the sentence for them. */
export class SandboxProblem extends Error {
  override readonly name = 'SandboxProblem';
  readonly code: SandboxProblemCode;
  readonly problem: Text;

  constructor(code: SandboxProblemCode, problem: Text, cause?: unknown) {
    super(problem.text, cause === undefined ? undefined : { cause });
    this.code = code;
    this.problem = problem;
  }
}
