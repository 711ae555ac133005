import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { CONTROL_PREFIX } from './control/control-prefix.ts';
import { addControlRoutes, type Control } from './control/control-routes.ts';
import { ApiError } from './errors/api-error.ts';
import { authorize } from './http/authorize.ts';
import { postponeWrite } from './http/carry-out-late.ts';
import { strikeAfter, strikeBefore } from './http/inject-faults.ts';
import { normalizePath, readRequestFacts } from './http/request-facts.ts';
import type { RequestLog } from './http/request-log.ts';
import type { SandboxApp, RequestContext, SandboxEnv } from './http/sandbox-app.ts';
import { addAccountRoutes } from './routes/account.ts';
import { addDataCentreRoutes } from './routes/data-centres.ts';
import { addImageRoutes } from './routes/images.ts';
import { addNetworkRoutes } from './routes/networks.ts';
import { addPublicNetworkRoutes } from './routes/public-networks.ts';
import { addServerActionRoutes } from './routes/server-actions.ts';
import { addServerRebuildRoutes } from './routes/server-rebuild.ts';
import { addServerRoutes } from './routes/servers.ts';
import { addSshKeyRoutes } from './routes/ssh-keys.ts';
import type { SandboxContext } from './context/sandbox-context.ts';

/** What the app needs besides the sandbox's context. */
export interface AppParts {
  readonly token: string;
  readonly log: RequestLog;
  readonly control: Control;
  /** Lets everything due happen; called before each request. */
  settle(): void;
  /** Sets the timer to what the request has queued; called after each. */
  arm(): void;
  /** Resolves when the state is stored; an answer waits for it, so what was accepted survives a crash. */
  store(): Promise<void>;
}

/**
 * The provider's API over a sandbox's state. A request passes, in this order: the count, the token, faults that strike first, tasks that are
 * due, its route, the store, faults that spoil the answer.
 */
export const createApp = (context: SandboxContext, parts: AppParts): SandboxApp => {
  const app: SandboxApp = new Hono<SandboxEnv>({ getPath: (request) => normalizePath(new URL(request.url).pathname) });

  app.use(async (c, next) => {
    const facts = readRequestFacts(c.req.method, new URL(c.req.url).pathname);
    c.set('facts', facts);
    const isPlain = c.env.isLate === true || facts.path.startsWith(`${CONTROL_PREFIX}/`);
    const answered = isPlain ? undefined : parts.log.record({ ...facts, atMs: context.clock.now() });
    const note = (answer: Response): Response => {
      answered?.(answer === RESPONSE_ALREADY_SENT ? 'cut' : answer.status);
      return answer;
    };
    try {
      authorize(c.req.header('authorization'), parts.token);
    } catch (error) {
      answered?.(error instanceof ApiError ? error.status : 500);
      throw error;
    }
    const struck = isPlain ? undefined : ((await strikeBefore(c, context)) ?? (await postponeWrite(c, app, context)));
    if (struck !== undefined) return note(struck);
    parts.settle();
    context.history.note();
    const replayed = facts.method === 'GET' ? context.state.replay[facts.path] : undefined;
    if (replayed === undefined) await next();
    else c.res = new Response(JSON.stringify(replayed.body), { status: replayed.status, headers: { 'content-type': 'application/json' } });
    context.history.note();
    parts.arm();
    await parts.store();
    if (!isPlain) c.res = note(await strikeAfter(c, context, c.res));
    return undefined;
  });

  addServerRoutes(app, context);
  addServerActionRoutes(app, context);
  addServerRebuildRoutes(app, context);
  addImageRoutes(app, context);
  addDataCentreRoutes(app, context);
  addNetworkRoutes(app, context);
  addPublicNetworkRoutes(app, context);
  addSshKeyRoutes(app, context);
  addAccountRoutes(app, context);
  addControlRoutes(app, context, parts.control);
  app.notFound((c) => answerUnrouted(app, c));
  app.onError((error, c) => {
    if (error instanceof ApiError) return c.json(error.toBody(), error.status);
    return c.json({ Message: 'An error has occurred.', ExceptionMessage: error.message }, 500);
  });
  return app;
};

/** 405 for a path that other methods have, 404 for the rest; both in ASP.NET's default wording. */
function answerUnrouted(app: SandboxApp, c: RequestContext): Response {
  const path = c.get('facts').path;
  const isKnown = ['GET', 'POST', 'PUT', 'DELETE'].some((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.path !== '/*'),
  );
  return isKnown
    ? c.json({ Message: `The requested resource does not support http method '${c.req.method}'.` }, 405)
    : c.json({ Message: `No HTTP resource was found that matches the request URI '${c.req.url}'.` }, 404);
}
