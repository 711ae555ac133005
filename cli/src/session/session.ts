import { createOperationContext } from '#core/create-core/create-operation-context.ts';
import type { OperationContext } from '#core/operations/operation-context.ts';
import { systemClock } from '#core/platform/clock.ts';
import { type Credentials, findCredentials } from '#core/platform/credentials.ts';
import { readSettings } from '#core/platform/environment.ts';
import { createEventFile } from '#core/platform/event-file.ts';
import { createRedactor, type Redact } from '#core/platform/redact.ts';
import { toTimestamp } from '#core/ports/clock.ts';
import { silentLogger } from '#core/ports/logger.ts';
import type { NewEvent, OperationEvent } from '#schemas/events/operation-event.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { projectFiles } from '../inputs/project-files.ts';
import { createStderrLogger } from '../terminal/stderr-logger.ts';
import type { CliHost, GlobalOptions } from '../terminal/host.ts';
import { type AnsibleWords, createProgressView } from '../views/progress-view.ts';

/** One run of an operation in the terminal: engine, events, progress, signals. */
export interface Session {
  readonly context: OperationContext;
  readonly credentials: Credentials;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
}

export interface SessionRequest {
  /** `plan`, `apply` …: for events, journal and history. */
  readonly operation: string;
  readonly file: string;
  readonly globals: GlobalOptions;
  /** Operations that change nothing leave at the first Ctrl-C. */
  readonly isReadOnly: boolean;
  /** How much of Ansible is shown; all without it. */
  readonly ansible?: AnsibleWords;
  /** Called after an event was written and shown: for what a command prints itself, such as the plan before it is confirmed. */
  readonly onEvent?: (event: NewEvent) => void;
}

/** The time limit ran out. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * Runs `work` with the engine wired to this terminal. It gives the exit code; the event stream starts and ends here,
 * also when `work` throws.
 */
export async function withSession(host: CliHost, request: SessionRequest, work: (session: Session) => Promise<number>): Promise<number> {
  const { io, render } = host;
  const { globals, operation } = request;
  const credentials = await findCredentials(io.environment, globals.context);
  const settings = readSettings(io.environment, credentials.endpoint);
  const redact: Redact = createRedactor(() => [credentials.token]);
  const progress = createProgressView(io, render, host.errorStyle, systemClock, request.ansible);
  const writeEvent =
    globals.events === undefined
      ? undefined
      : createEventFile(globals.events, redact, (error) =>
          host.complain(t('Events cannot be written: {0}', error instanceof Error ? error.message : String(error))),
        );

  const emit = (event: NewEvent): void => {
    const stamped: OperationEvent = { at: toTimestamp(systemClock), ...event };
    writeEvent?.(stamped);
    if (globals.json !== true) progress.show(stamped);
    request.onEvent?.(event);
  };
  const [stop, abort] = [new AbortController(), new AbortController()];
  const release = listenForInterrupts(host, request, stop, abort);
  const timer =
    globals.timeout === undefined
      ? undefined
      : setTimeout(() => leave(stop, abort, new TimeLimitError('time limit')), globals.timeout * 1000);

  const context = createOperationContext({
    settings,
    token: () => credentials.token,
    files: projectFiles(host, request.file),
    environment: io.environment,
    logger: io.environment['ICT_LOG'] === 'debug' ? createStderrLogger(io, redact) : silentLogger,
    emit,
    prompt: { isInteractive: io.isInteractive, ask: (question) => io.ask(`${render(question)} `) },
    command: `ict ${operation}`,
    version: host.version,
  });
  const startedAt = systemClock.elapsed();
  const finish = (exitCode: number): number => {
    emit({
      kind: 'operation-finished',
      exitCode,
      text: exitCode === 0 ? t('done') : t('ended with exit code {0}', exitCode),
      elapsedMs: systemClock.elapsed() - startedAt,
    });
    return exitCode;
  };
  emit({ kind: 'operation-started', format: 1, operation, run: context.newRun(), file: request.file, pid: process.pid });
  try {
    const code = await work({ context, credentials, stop: stop.signal, abort: abort.signal });
    const isOverTime = abort.signal.reason instanceof TimeLimitError;
    return finish(isOverTime && code !== 0 ? exitCodes.timeLimit : code);
  } catch (error) {
    finish(
      abort.signal.reason instanceof TimeLimitError
        ? exitCodes.timeLimit
        : abort.signal.aborted
          ? exitCodes.interrupted
          : exitCodes.unclassified,
    );
    throw abort.signal.reason instanceof TimeLimitError ? abort.signal.reason : error;
  } finally {
    clearTimeout(timer);
    release();
    progress.close();
    context.close();
  }
}

function listenForInterrupts(host: CliHost, request: SessionRequest, stop: AbortController, abort: AbortController): () => void {
  return host.io.onInterrupt(() => {
    if (request.isReadOnly || stop.signal.aborted) leave(stop, abort, new Error('interrupted'));
    else {
      host.complain(t('Stopping: running steps finish, nothing new starts. Press Ctrl-C again to leave now.'));
      stop.abort(new Error('interrupted'));
    }
  });
}

function leave(stop: AbortController, abort: AbortController, reason: Error): void {
  stop.abort(reason);
  abort.abort(reason);
}
