import type { Text } from '#schemas/text/text.ts';
import { faultName } from '../faults/fault-names.ts';
import { parseFault } from '../faults/parse-fault.ts';
import { ApiError } from '../errors/api-error.ts';
import type { LoggedRequest } from '../http/request-log.ts';
import { parseBody } from '../http/read-body.ts';
import type { SandboxApp, RequestContext } from '../http/sandbox-app.ts';
import { type PanelAnswer, type PanelRequest, panelRequest } from '../panel/panel-request.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { CONTROL_PREFIX } from './control-prefix.ts';
import { advanceBody, faultsBody, type RequestList, type SandboxStatus } from './sandbox-status.ts';

/** What can be done to a running sandbox from outside. */
export interface Control {
  status(): SandboxStatus;
  /** The last requests, oldest first. */
  requests(): readonly LoggedRequest[];
  panel(request: PanelRequest): PanelAnswer;
  reset(): void;
  advance(ms: number): void;
  shutdown(): void;
}

/** `/_sandbox/…`: needs the same token as the API, is neither counted nor struck by faults. */
export const addControlRoutes = (app: SandboxApp, context: SandboxContext, control: Control): void => {
  app.get(`${CONTROL_PREFIX}/status`, (c) => c.json(control.status()));
  app.get(`${CONTROL_PREFIX}/log`, (c) =>
    c.json(
      control.requests().map(({ atMs, method, path, kind, status = null, isCut = false }) => ({
        at: new Date(atMs).toISOString(),
        method,
        path,
        kind,
        status,
        isCut,
      })) satisfies RequestList,
    ),
  );
  app.get(`${CONTROL_PREFIX}/faults`, (c) => c.json(context.faults.list()));

  app.post(`${CONTROL_PREFIX}/faults`, async (c) => {
    const body = faultsBody.safeParse(await readJson(c));
    if (!body.success) throw new ApiError(400, 'Expected {"set": ["NAME=…"], "clear": ["NAME"] or true}.');
    const rules = body.data.set.map((text) => {
      const parsed = parseFault(text);
      if (parsed.kind === 'problem') throw new ApiError(400, renderEnglish(parsed.problem));
      return parsed.rule;
    });
    const names = body.data.clear === true ? [undefined] : body.data.clear.map(readFaultName);
    for (const name of names) context.faults.clear(name);
    for (const rule of rules) context.faults.set(rule);
    return c.json(context.faults.list());
  });

  app.post(`${CONTROL_PREFIX}/panel`, async (c) => {
    const body = panelRequest.safeParse(await readJson(c));
    if (!body.success) throw new ApiError(400, 'Expected {"do": "change", "target": "web-1", "values": {"cpu": "2"}} or the like.');
    try {
      return c.json(control.panel(body.data));
    } catch (error) {
      if (!(error instanceof SandboxProblem)) throw error;
      // The text travels as data, so that whoever asked can show it in their language.
      return c.json({ Message: renderEnglish(error.problem), problem: error.problem, code: error.code }, 400);
    }
  });

  app.post(`${CONTROL_PREFIX}/reset`, (c) => {
    control.reset();
    return c.json(control.status());
  });

  app.post(`${CONTROL_PREFIX}/advance`, async (c) => {
    const body = advanceBody.safeParse(await readJson(c));
    if (!body.success) throw new ApiError(400, 'Expected {"ms": 1000}.');
    control.advance(body.data.ms);
    return c.json(control.status());
  });

  app.post(`${CONTROL_PREFIX}/shutdown`, (c) => {
    control.shutdown();
    return c.json({ Message: 'Shutting down.' });
  });
};

async function readJson(c: RequestContext): Promise<unknown> {
  return parseBody(await c.req.text(), 'application/json');
}

function readFaultName(text: string) {
  const name = faultName.safeParse(text);
  if (name.success) return name.data;
  const parsed = parseFault(text);
  throw new ApiError(400, parsed.kind === 'problem' ? renderEnglish(parsed.problem) : 'Expected the name of a fault alone.');
}

/** A text in English: answers of the control endpoint are for machines and logs, whose language is fixed. */
const renderEnglish = ({ text, args = [] }: Text): string =>
  text.replace(/\{(\d+)\}/g, (_match, index: string) => {
    const arg = args[Number(index)];
    return typeof arg === 'object' ? renderEnglish(arg) : String(arg ?? '');
  });
