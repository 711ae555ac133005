import type { Clock } from '#core/ports/clock.ts';
import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import type { Logger } from '#core/ports/logger.ts';
import { describeRequest, type Link } from './transport.ts';

/** Failures that are answers or wishes of the user, not worth a warning. */
const quietCodes: ReadonlySet<CloudErrorCode> = new Set(['not-found', 'aborted']);

/**
 * One line per call: method, path, outcome, duration with all waiting. Bodies and headers are never logged: they hold the
 * token and the servers' passwords.
 */
export const logCalls =
  ({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Link =>
  (next) =>
  async (request) => {
    const startedAt = clock.elapsed();
    const name = describeRequest(request);
    try {
      const answer = await next(request);
      logger.debug(name, { status: answer.status, elapsedMs: clock.elapsed() - startedAt });
      return answer;
    } catch (error) {
      const fields = { ...describeFailure(error), elapsedMs: clock.elapsed() - startedAt };
      if (error instanceof CloudError && quietCodes.has(error.code)) logger.debug(name, fields);
      else logger.warn(`${name} failed`, fields);
      throw error;
    }
  };

/** Fields of a failure for a log line. */
export const describeFailure = (error: unknown): Readonly<Record<string, unknown>> =>
  error instanceof CloudError ? { code: error.code, status: error.details.status, message: error.message } : { code: 'unexpected' };
