import { ProtocolRequestType } from 'vscode-languageserver';
import { CREDENTIALS_METHOD, credentialsParams } from '#schemas/protocol/credentials.ts';
import { REFRESH_VALUES_METHOD, type RefreshValuesResult } from '#schemas/protocol/values.ts';
import type { CloudValues } from '../values/cloud-values.ts';
import { answerOpen, type AnswerContext } from './answer.ts';
import { guardNotification } from './notice.ts';

/** Our own messages, `ict/…`: who is signed in, and reading the account on request. */
export function handleCustom(context: AnswerContext, cloud: () => CloudValues | undefined): void {
  context.connection.onNotification(
    CREDENTIALS_METHOD,
    guardNotification(context)(CREDENTIALS_METHOD, (_server, params: unknown) => {
      const given = credentialsParams.safeParse(params);
      // The reason may quote the token, so it is not passed on.
      if (!given.success) throw new Error('the parameters are not those of ict/credentials');
      cloud()?.setCredentials(given.data);
    }),
  );
  answerOpen(
    context,
    refreshValues,
    () => ({ readAtMs: null }),
    async () => {
      const values = cloud();
      await values?.refresh();
      return { readAtMs: values?.knownCatalog?.readAtMs ?? null };
    },
  );
}

const refreshValues = new ProtocolRequestType<unknown, RefreshValuesResult, never, void, void>(REFRESH_VALUES_METHOD);
