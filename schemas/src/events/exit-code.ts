/** Exit codes of `ict`, the same for every operation. Scripts rely on them; docs/exit-codes.md explains each. */
export const exitCodes = {
  done: 0,
  unclassified: 1,
  changesPresent: 2,
  usage: 3,
  authentication: 4,
  provider: 5,
  locked: 6,
  stalePlan: 7,
  blocked: 8,
  partial: 9,
  playbookFailed: 10,
  hostsUnreachable: 11,
  notConfirmed: 12,
  timeLimit: 124,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
