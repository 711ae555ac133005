import type { Settings } from '#schemas/settings/settings.ts';
import type { Text } from '#schemas/text/text.ts';
import type { Clock } from '../ports/clock.ts';
import type { CloudProvider } from '../ports/cloud-provider.ts';
import type { EmitEvent } from '../ports/event-sink.ts';
import type { FileReader } from '../ports/files.ts';
import type { ProjectStore } from '../ports/project-store.ts';

/** Asks the user. Undefined from `ask`: nobody is there, or the question was cancelled. */
export interface Prompt {
  /** Whether a person is there who reads a plan before it is carried out. */
  readonly isInteractive: boolean;
  ask(question: Text): Promise<string | undefined>;
}

/** Everything an operation works with; wired once, in core/create-core or a test. */
export interface OperationContext {
  readonly files: FileReader;
  readonly cloud: CloudProvider;
  readonly clock: Clock;
  readonly emit: EmitEvent;
  readonly prompt: Prompt;
  readonly settings: Settings;
  /** Store of a project beside its infra file. */
  openStore(folderOfFile: string, project: string): ProjectStore;
  folderOf(path: string): string;
  /** sha256 over the parts, hex. */
  hash(parts: readonly Uint8Array[]): string;
  /** Name of a new run; names sort by time. */
  newRun(): string;
  /** Command line for journal and history, without secrets. */
  readonly command: string;
}

/** Two ways to stop: `stop` starts nothing new, `abort` leaves at once. */
export interface OperationSignals {
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
}
