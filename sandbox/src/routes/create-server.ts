import { DEFAULT_DATA_CENTRE } from '../catalog/data-centres.ts';
import { dailyPrice } from '../catalog/prices.ts';
import { variantOf } from '../faults/fault-names.ts';
import type { RequestFacts } from '../faults/fault-rule.ts';
import { createFieldErrors, invalidRequest } from '../errors/api-error.ts';
import { inputBoolean, inputIds, inputInt, inputText, maybe, readInput } from '../http/lenient-input.ts';
import { nameToStore } from '../lies/changed-name.ts';
import { takeId } from '../store/counters.ts';
import type { StoredDataCentre, StoredImage, StoredServer } from '../store/state-schema.ts';
import { enqueueServerTask } from '../tasks/enqueue-task.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { checkHardware, readDiskType } from './check-hardware.ts';

const fields = {
  Name: inputText,
  CPU: inputInt,
  RAM: inputInt,
  HDD: inputInt,
  ImageID: inputInt,
  HDDType: maybe(inputText),
  IsHighPerformance: maybe(inputBoolean),
  DCLocation: maybe(inputText),
  IsBackupActive: maybe(inputBoolean),
  BackupPeriod: maybe(inputInt),
  SshKeys: maybe(inputIds),
  NetworkID: maybe(inputInt),
  NetworkBandwidth: maybe(inputInt),
  IsNeedSysprep: maybe(inputBoolean),
};

const backupPeriods = new Set([0, 7, 14, 21, 28]);
/** Mbit/s in the price of every server. */
const FREE_BANDWIDTH = 10;

/**
 * POST `/server`: checks the body, adds the server as `New` and queues its creation. Too little money is a state of the server,
 * `NeedMoney`, and no error. The name need not be unique.
 */
export const createServer = (context: SandboxContext, body: Readonly<Record<string, unknown>>, request: RequestFacts): StoredServer => {
  const { state } = context;
  const input = readInput(body, fields);
  const dc = chooseDataCentre(context, input.DCLocation, request);
  const errors = createFieldErrors();
  const image = state.images.find((one) => one.id === input.ImageID);
  if (image === undefined || isWithdrawn(context, 'image-withdrawn', image.name))
    throw invalidRequest({ ImageID: ['The image was not found.'] });
  const hardware = {
    cpu: input.CPU,
    ram: input.RAM,
    hdd: input.HDD,
    hddType: readDiskType(input.HDDType),
    isHighPerformance: input.IsHighPerformance ?? false,
  };
  checkHardware(errors, hardware, image.family, dc);
  checkImage(errors, image, dc, input.HDD);
  const keyIds = input.SshKeys ?? [];
  for (const id of keyIds) if (!state.keys.some((key) => key.id === id)) errors.add('SshKeys', `The SSH key ${id} was not found.`);
  const networkId = checkNetwork(context, errors, input.NetworkID, dc);
  if (!backupPeriods.has(input.BackupPeriod ?? 0)) errors.add('BackupPeriod', 'BackupPeriod must be 0, 7, 14, 21 or 28.');
  errors.throwIfAny();

  const name = nameToStore(input.Name, request, context.faults);
  const diskType = hardware.hddType === 'SSD' ? ('SSD' as const) : ('SAS' as const);
  const add = (): StoredServer => newServer(context, name, dc, image, { ...hardware, hddType: diskType }, keyIds);
  const twin = context.faults.take('twin', request);
  const isTwinFirst = twin !== undefined && variantOf('twin', twin.as) === 'before';
  if (isTwinFirst) addTwin(context, add());
  const server = add();
  if (twin !== undefined && !isTwinFirst) addTwin(context, add());
  if (context.faults.take('need-money', request) !== undefined || state.account.balance < dailyPrice(server)) {
    server.state = 'NeedMoney';
    return server;
  }
  const bandwidth = input.NetworkBandwidth ?? FREE_BANDWIDTH;
  const work = { kind: 'create' as const, bandwidth, ...(networkId === undefined ? {} : { networkId }) };
  enqueueServerTask(context, { subject: { kind: 'server', id: server.id }, work, durationMs: context.delays.createMs, request }, 'Create');
  return server;
};

/** A server that somebody else orders at the same moment, under the same name: faults are about our request, not about theirs. */
function addTwin(context: SandboxContext, twin: StoredServer): void {
  const work = { kind: 'create' as const, bandwidth: FREE_BANDWIDTH };
  enqueueServerTask(context, { subject: { kind: 'server', id: twin.id }, work, durationMs: context.delays.createMs }, 'Create');
}

/** Adds a server in its first state. */
export const newServer = (
  context: SandboxContext,
  name: string,
  dc: StoredDataCentre,
  image: StoredImage,
  hardware: Pick<StoredServer, 'cpu' | 'ram' | 'hdd' | 'hddType' | 'isHighPerformance'>,
  keyIds: readonly number[],
): StoredServer => {
  const server: StoredServer = {
    id: takeId(context.state, 'server'),
    name,
    state: 'New',
    isPowerOn: false,
    ...hardware,
    dc: dc.techTitle,
    image: image.name,
    imageFamily: image.family,
    adminUser: null,
    adminPassword: null,
    links: [],
    keyIds: [...keyIds],
    createdMs: context.clock.now(),
  };
  context.state.servers.push(server);
  return server;
};

/** A missing or unknown data centre silently becomes the default one, as recorded in 2023; `strict-dc` refuses an unknown one. */
export const chooseDataCentre = (context: SandboxContext, wanted: string | undefined, request: RequestFacts): StoredDataCentre => {
  const { dataCentres } = context.state;
  const offered = dataCentres.filter((dc) => !isWithdrawn(context, 'dc-withdrawn', dc.techTitle));
  const found = offered.find((dc) => dc.techTitle.toLowerCase() === wanted?.toLowerCase());
  if (found !== undefined) return found;
  if (wanted !== undefined && context.faults.take('strict-dc', request) !== undefined) {
    throw invalidRequest({ DCLocation: [`The data center ${wanted} was not found.`] });
  }
  const fallback = offered.find((dc) => dc.techTitle === DEFAULT_DATA_CENTRE) ?? offered[0];
  if (fallback === undefined) throw invalidRequest({ DCLocation: ['No data center is available.'] });
  return fallback;
};

/** Whether a fault has taken an image or data centre out of what is offered; asking does not use the fault up. */
function isWithdrawn({ faults }: SandboxContext, fault: 'image-withdrawn' | 'dc-withdrawn', name: string): boolean {
  return faults.rules(fault).some(({ objectName }) => objectName === name);
}

function checkImage(errors: ReturnType<typeof createFieldErrors>, image: StoredImage, dc: StoredDataCentre, hdd: number): void {
  if (image.dc !== '' && image.dc !== dc.techTitle) errors.add('ImageID', `The image is not available in ${dc.techTitle}.`);
  if (hdd < image.hdd) errors.add('HDD', `The image needs a disk of at least ${image.hdd} GB.`);
}

/** The network to link at creation; the shared one of the data centre is there anyway. */
function checkNetwork(
  context: SandboxContext,
  errors: ReturnType<typeof createFieldErrors>,
  id: number | undefined,
  dc: StoredDataCentre,
): number | undefined {
  if (id === undefined || id === 0 || id === dc.sharedNetworkId) return undefined;
  const network = context.state.networks.find((one) => one.id === id);
  if (network === undefined) errors.add('NetworkID', 'The network was not found.');
  else if (network.dc !== dc.techTitle) errors.add('NetworkID', 'The network is in another data center.');
  return id;
}
