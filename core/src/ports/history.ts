import type { Plan } from '#schemas/plan/plan.ts';
import type { DeployRecord, HostOutcome } from '#schemas/deploy/deploy-record.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { Address } from '#schemas/infra/names.ts';

/** One run as the history tells it to somebody who only shows it. */
export interface HistorySummary {
  readonly run: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly command: string;
  readonly exitCode: number;
  /** False: it is running, or was killed and nobody has run ict since. Absent: an older record, which was written at its end. */
  readonly isFinished?: boolean | undefined;
  readonly plan: {
    /** Present when the run worked on a part of the file. */
    readonly selection?: unknown;
    readonly changes: readonly { readonly address: Address; readonly action: string }[];
  };
  readonly result: { readonly succeeded: readonly string[]; readonly failed: readonly string[]; readonly skipped: readonly string[] };
  /** Present for a deploy: its hosts, and whether it was for a part of the file. */
  readonly deploy?: {
    readonly isLimited: boolean;
    readonly hosts: readonly { readonly address: Address; readonly outcome: HostOutcome }[];
  };
}

/** Reads the newest runs of a project, newest first, at most `limit`. Never rejects: what cannot be read is left out. */
export type ReadHistory = (folderOfFile: string, project: string, limit: number) => Promise<readonly HistorySummary[]>;

/** One apply with its plan. */
export interface AppliedRecord extends Omit<HistorySummary, 'plan'> {
  readonly startedAt: string;
  readonly plan: Plan;
}

/** Reads one apply; undefined where there is none. Throws `StorageError` when its record is damaged. */
export type ReadApplied = (folderOfFile: string, project: string, run: string) => Promise<AppliedRecord | undefined>;

/** What was done in a project, for people to look at. */
export interface History {
  /** Newest first. */
  listApplies(limit: number): Promise<readonly HistorySummary[]>;
  /** Deploys, agents after an apply and commands; newest first. */
  listDeploys(limit: number): Promise<readonly DeployRecord[]>;
  readApply(run: string): Promise<AppliedRecord | undefined>;
  /** Events of a deploy in their order, as they were shown then. */
  readEvents(run: string): AsyncIterable<OperationEvent>;
}
