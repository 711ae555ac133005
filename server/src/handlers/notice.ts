import type { RunningServer } from '../runtime/server-state.ts';
import type { AnswerContext } from './answer.ts';

/** Wraps what is done about a notification: nothing before `initialize`, and a failure becomes a line of the log. */
export const guardNotification =
  ({ server, onFailed }: AnswerContext) =>
  <Params>(method: string, act: (server: RunningServer, params: Params) => void | Promise<void>) =>
  async (params: Params): Promise<void> => {
    const running = server();
    if (typeof running === 'string') return;
    try {
      await act(running, params);
    } catch (error) {
      onFailed(method, error);
    }
  };
