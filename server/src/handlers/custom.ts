import { ProtocolRequestType } from 'vscode-languageserver';
import { credentialsParams } from '#schemas/protocol/credentials.ts';
import { liveMetricsParams } from '#schemas/protocol/live-metrics.ts';
import { CREDENTIALS_METHOD, LIVE_METRICS_METHOD, REFRESH_VALUES_METHOD } from '#schemas/protocol/methods.ts';
import type { RefreshValuesResult } from '#schemas/protocol/values.ts';
import type { CloudValues } from '../values/cloud-values.ts';
import type { MetricsValues } from '../values/metrics-values.ts';
import type { ResultValues } from '../values/result-values.ts';
import { answerOpen, type AnswerContext } from './answer.ts';
import { guardNotification } from './notice.ts';

/** What our own messages are about. */
export interface CustomValues {
  readonly cloud: CloudValues;
  readonly metrics: MetricsValues;
  readonly results: ResultValues;
}

/** Our own messages, `ict/…`: who is signed in, what servers are doing, and reading the account and the histories on request. */
export function handleCustom(context: AnswerContext, values: () => CustomValues | undefined): void {
  context.connection.onNotification(
    CREDENTIALS_METHOD,
    guardNotification(context)(CREDENTIALS_METHOD, (_server, params: unknown) => {
      const given = credentialsParams.safeParse(params);
      // The reason may quote the token, so it is not passed on.
      if (!given.success) throw new Error('the parameters are not those of ict/credentials');
      values()?.cloud.setCredentials(given.data);
    }),
  );
  context.connection.onNotification(
    LIVE_METRICS_METHOD,
    guardNotification(context)(LIVE_METRICS_METHOD, (_server, params: unknown) => values()?.metrics.take(liveMetricsParams.parse(params))),
  );
  answerOpen(
    context,
    refreshValues,
    () => ({ readAtMs: null }),
    async (server) => {
      const { cloud, results } = values() ?? {};
      // Whoever asks has done something; not every editor's watching of files tells of all that came of it.
      results?.renew();
      await cloud?.refresh();
      const read = cloud?.knownCatalog;
      return { readAtMs: read ? Math.round(server.clock.now() - (server.clock.elapsed() - read.readAtMs)) : null };
    },
  );
}

const refreshValues = new ProtocolRequestType<unknown, RefreshValuesResult, never, void, void>(REFRESH_VALUES_METHOD);
