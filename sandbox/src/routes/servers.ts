import { variantOf } from '../faults/fault-names.ts';
import type { RequestFacts } from '../faults/fault-rule.ts';
import { ApiError, createFieldErrors, invalidRequest } from '../errors/api-error.ts';
import { inputBoolean, inputInt, inputText, maybe, readInput } from '../http/lenient-input.ts';
import type { SandboxApp } from '../http/sandbox-app.ts';
import type { StoredServer } from '../store/state-schema.ts';
import { enqueueServerTask } from '../tasks/enqueue-task.ts';
import { viewAction, viewServer } from '../views/server-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { checkHardware, readDiskType } from './check-hardware.ts';
import { createServer } from './create-server.ts';
import { findServer, noContent, readRequestBody } from './find-object.ts';

const resizeFields = {
  CPU: maybe(inputInt),
  RAM: maybe(inputInt),
  HDD: maybe(inputInt),
  HDDType: maybe(inputText),
  IsHighPerformance: maybe(inputBoolean),
};

/** `/server` and `/server/{id}`. */
export const addServerRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.get('/server', (c) => {
    const state = context.history.seenBy(c.get('facts'));
    return c.json(state.servers.map((server) => viewServer(state, server)));
  });
  app.get('/server/:id', (c) => {
    const state = context.history.seenBy(c.get('facts'));
    return c.json(viewServer(state, findServer({ state }, c)));
  });

  app.post('/server', async (c) => {
    const body = await readRequestBody(c);
    return c.json(viewServer(context.state, createServer(context, body, c.get('facts')), true));
  });

  app.put('/server/:id', async (c) => {
    const body = await readRequestBody(c);
    const server = findServer(context, c);
    requireUsable(server);
    const input = readInput(body, resizeFields);
    // What a missing field means is unknown; here it keeps its value.
    const wanted = {
      cpu: input.CPU ?? server.cpu,
      ram: input.RAM ?? server.ram,
      hdd: input.HDD ?? server.hdd,
      hddType: input.HDDType === undefined ? server.hddType : readDiskType(input.HDDType),
      isHighPerformance: input.IsHighPerformance ?? server.isHighPerformance,
    };
    const errors = createFieldErrors();
    const dc = context.state.dataCentres.find((one) => one.techTitle === server.dc);
    if (dc === undefined) throw invalidRequest({ '': ['The data center of the server is gone.'] });
    if (wanted.hdd < server.hdd) errors.add('HDD', 'The disk cannot be made smaller.');
    checkHardware(errors, wanted, server.imageFamily, dc);
    errors.throwIfAny();
    const work = { kind: 'resize' as const, ...wanted, hddType: wanted.hddType === 'SSD' ? ('SSD' as const) : ('SAS' as const) };
    const task = { subject: subjectOf(server), work, durationMs: context.delays.resizeMs, request: c.get('facts') };
    return c.json(viewAction(enqueueServerTask(context, task, 'Resize')));
  });

  app.delete('/server/:id', (c) => {
    const server = findServer(context, c);
    const request = c.get('facts');
    const isGoing =
      server.isGone === true || context.state.tasks.some(({ subject, work }) => subject.id === server.id && work.kind === 'delete');
    if (!isGoing) {
      if (context.faults.take('delete-shows-deleting', request) !== undefined) server.state = 'Deleting';
      const work = { kind: 'delete' as const, ...remainsOf(context, request) };
      const task = { subject: subjectOf(server), work, durationMs: context.delays.deleteMs, request };
      enqueueServerTask(context, task, 'Delete');
    }
    // No JSON: a client that parses this answer fails although the server is on its way out.
    return c.body(null, 200, noContent);
  });
};

/** What `deleted-stays` leaves of an object that this request deletes. */
export const remainsOf = (context: SandboxContext, request: RequestFacts) => {
  const rule = context.faults.take('deleted-stays', request);
  if (rule === undefined) return {};
  return { remains: { state: variantOf('deleted-stays', rule.as), ...(rule.ms === undefined ? {} : { ms: rule.ms }) } };
};

/** The subject of a server's tasks. */
export const subjectOf = (server: StoredServer): { kind: 'server'; id: number } => ({ kind: 'server', id: server.id });

/** A server that was never paid for, or is blocked, takes no orders but its deletion. */
export const requireUsable = (server: StoredServer): void => {
  if (server.state === 'NeedMoney' || server.state === 'Blocked' || server.state === 'Deleted')
    throw new ApiError(400, 'Server is not active');
};
