import { invalidRequest } from '../errors/api-error.ts';
import { inputBoolean, inputInt, inputText, maybe, readInput } from '../http/lenient-input.ts';
import type { SandboxApp } from '../http/sandbox-app.ts';
import { nameToStore } from '../lies/changed-name.ts';
import { enqueueServerTask } from '../tasks/enqueue-task.ts';
import { viewServer } from '../views/server-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { newServer } from './create-server.ts';
import { findServer, readRequestBody } from './find-object.ts';
import { requireUsable, subjectOf } from './servers.ts';

const rebuildFields = { ImageId: inputInt, IsNeedSysprep: maybe(inputBoolean) };
const copyFields = { Name: inputText, NetworkId: maybe(inputInt) };

/** `/server/{id}/rebuild` and `/server/{id}/copy`. Both answer a server; the running task is the first of its actions. */
export const addServerRebuildRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.post('/server/:id/rebuild', async (c) => {
    const body = await readRequestBody(c);
    const server = findServer(context, c);
    requireUsable(server);
    const input = readInput(body, rebuildFields);
    const image = context.state.images.find((one) => one.id === input.ImageId);
    if (image === undefined) throw invalidRequest({ ImageId: ['The image was not found.'] });
    if (image.dc !== '' && image.dc !== server.dc) throw invalidRequest({ ImageId: [`The image is not available in ${server.dc}.`] });
    if (server.hdd < image.hdd) throw invalidRequest({ ImageId: [`The image needs a disk of at least ${image.hdd} GB.`] });
    const work = { kind: 'rebuild' as const, imageId: image.id };
    const task = { subject: subjectOf(server), work, durationMs: context.delays.rebuildMs, request: c.get('facts') };
    enqueueServerTask(context, task, 'Rebuild');
    return c.json(viewServer(context.state, server));
  });

  app.post('/server/:id/copy', async (c) => {
    const body = await readRequestBody(c);
    const source = findServer(context, c);
    requireUsable(source);
    const input = readInput(body, copyFields);
    const { state } = context;
    const dc = state.dataCentres.find((one) => one.techTitle === source.dc);
    const image = state.images.find((one) => one.name === source.image);
    if (dc === undefined || image === undefined) throw invalidRequest({ '': ['The image of the server is gone.'] });
    const networkId = input.NetworkId === dc.sharedNetworkId ? undefined : input.NetworkId;
    const network = state.networks.find((one) => one.id === networkId);
    if (networkId !== undefined && network?.dc !== source.dc) throw invalidRequest({ NetworkId: ['The network was not found.'] });
    const { cpu, ram, hdd, hddType, isHighPerformance } = source;
    const copy = newServer(
      context,
      nameToStore(input.Name, c.get('facts'), context.faults),
      dc,
      image,
      { cpu, ram, hdd, hddType, isHighPerformance },
      source.keyIds,
    );
    const work = {
      kind: 'create' as const,
      bandwidth: 10,
      ...(networkId === undefined ? {} : { networkId }),
      // The password lies on the copied disk.
      ...(source.adminPassword === null ? {} : { password: source.adminPassword }),
    };
    const task = { subject: subjectOf(copy), work, durationMs: context.delays.createMs, request: c.get('facts') };
    enqueueServerTask(context, task, 'Copy');
    return c.json(viewServer(state, copy, true));
  });
};
