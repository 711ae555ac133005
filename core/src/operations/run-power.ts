import type { Address } from '#schemas/infra/names.ts';
import { wholeRefusals } from '#schemas/plan/left-out.ts';
import { actions, type Plan, type Refusal } from '#schemas/plan/plan.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { Ledger, PowerHold } from '#schemas/state/ledger.ts';
import { t, tn } from '#schemas/text/text.ts';
import { makeChange, makeStep } from '../engine/plan/planned.ts';
import type { GivenConfirmation } from '../engine/confirm.ts';
import { toTimestamp } from '../ports/clock.ts';
import { makePlan, type MadePlan } from './make-plan.ts';
import type { OperationContext, OperationSignals } from './operation-context.ts';
import type { OperationResult } from './operation-result.ts';
import { carryOut, confirm } from './run-apply.ts';
import { withProject } from './open-project.ts';

export interface PowerRequest {
  readonly file: string;
  readonly action: 'start' | 'stop' | 'reboot';
  /** Addresses, entries, groups or globs; at least one. */
  readonly targets: readonly string[];
  /** Reboot without asking the guest. */
  readonly isHard: boolean;
  /** How long the state holds against the file, seconds; absent: until it is set again. */
  readonly holdSeconds?: number;
  readonly given: GivenConfirmation;
}

export interface PowerOutcome {
  readonly result: OperationResult;
  readonly hit: readonly Address[];
  /** `unknown`: nobody can tell whether the object is there, or whether it is ours. */
  readonly skipped: readonly { readonly address: Address; readonly why: 'already' | 'not-created' | 'unknown' }[];
}

/** Starts, stops or reboots servers. Asks once, names hit and skipped, and records that the state was set on purpose. */
export async function runPower(context: OperationContext, request: PowerRequest, signals: OperationSignals): Promise<PowerOutcome> {
  const outcome = await withProject(context, request.file, async (project): Promise<PowerOutcome> => {
    const made = await makePlan(context, project, toPlanRequest(request), signals.abort);
    if (made.kind === 'invalid') return { result: made, hit: [], skipped: [] };
    return powerLocked(context, request, made, signals);
  });
  return 'kind' in outcome ? { result: outcome, hit: [], skipped: [] } : outcome;
}

async function powerLocked(
  context: OperationContext,
  request: PowerRequest,
  made: MadePlan,
  signals: OperationSignals,
): Promise<PowerOutcome> {
  if (wholeRefusals(made.plan).some(({ kind }) => kind === 'other-account'))
    return { result: { kind: 'refused', plan: made.plan }, hit: [], skipped: [] };
  const targets = made.plan.changes.filter((change) => change.kind === 'server').map((change) => change.address);
  const { hit, skipped } = sortTargets(request.action, targets, made);
  const plan = toPowerPlan(made.plan, request, hit);
  const unknown = skipped.flatMap(({ address, why }) => (why === 'unknown' ? [address] : []));
  if (hit.length === 0 && unknown.length > 0) {
    const refusals = made.plan.refusals.filter(isAboutIdentity);
    return { result: { kind: 'refused', plan: { ...plan, refusals } }, hit, skipped };
  }
  if (hit.length === 0) return { result: { kind: 'nothing-to-do', plan }, hit, skipped };
  const names = hit.join(', ');
  const question =
    request.action === 'start'
      ? tn(hit.length, 'Start {0} server: {1}?', 'Start {0} servers: {1}?', names)
      : request.action === 'stop'
        ? tn(hit.length, 'Stop {0} server: {1}?', 'Stop {0} servers: {1}?', names)
        : tn(hit.length, 'Reboot {0} server: {1}?', 'Reboot {0} servers: {1}?', names);
  const needed = { kind: 'yes', question } as const;
  const confirmed = await confirm(context, needed, request.given);
  if (confirmed !== 'yes') return { result: { kind: 'not-confirmed', plan, needed, wasAsked: confirmed === 'no' }, hit, skipped };
  context.emit({ kind: 'plan-ready', plan });
  const held = request.action === 'reboot' ? made.ledger : holdPower(made.ledger, made, request, hit, context);
  const result = await carryOut(context, { ...made, plan, ledger: held }, signals);
  return { result: result.kind === 'applied' ? { ...result, leftOut: unknown } : result, hit, skipped };
}

/** Whether a refusal says that the recorded object may not be there, or be another one. */
const isAboutIdentity = ({ kind }: Refusal): boolean => kind === 'presence-unknown' || kind === 'identity-changed';

/** Only the chosen servers are looked at; what the file would change about them is not this command's business. */
const toPlanRequest = (request: PowerRequest) => ({
  only: request.targets,
  except: [],
  policy: { allowReplace: [] },
  needsCatalog: false,
});

function sortTargets(action: PowerRequest['action'], targets: readonly Address[], made: MadePlan): Pick<PowerOutcome, 'hit' | 'skipped'> {
  const remotes = new Map(made.actual.servers.map((server) => [server.id, server]));
  const doubted = new Set(made.plan.refusals.filter(isAboutIdentity).map(({ address }) => address));
  const hit: Address[] = [];
  const skipped: PowerOutcome['skipped'][number][] = [];
  for (const address of targets) {
    const entry = made.ledger.entries[address];
    const remote = entry && remotes.get(entry.id);
    if (doubted.has(address)) skipped.push({ address, why: 'unknown' });
    else if (!remote) skipped.push({ address, why: 'not-created' });
    else if (isAlready(action, remote)) skipped.push({ address, why: 'already' });
    else hit.push(address);
  }
  return { hit, skipped };
}

const isAlready = (action: PowerRequest['action'], server: ActualServer): boolean =>
  (action === 'start' && server.isPowerOn) || (action !== 'start' && !server.isPowerOn);

function toPowerPlan(plan: Plan, request: PowerRequest, hit: readonly Address[]): Plan {
  const power = request.action === 'start' ? 'on' : 'off';
  const changes = hit.map((address) => {
    const step: Step =
      request.action === 'reboot'
        ? makeStep('reboot-server', address, { isHard: request.isHard })
        : makeStep('power-server', address, { power, isHeld: true });
    return makeChange(address, {
      action: 'power',
      impacts: request.action === 'start' ? ['none'] : request.action === 'stop' ? ['downtime'] : ['reboot'],
      reasons: [t('asked for by `ict power`')],
      steps: [step],
    });
  });
  const totals = Object.fromEntries(actions.map((action) => [action, action === 'power' ? changes.length : 0])) as Plan['totals'];
  return { ...plan, changes, records: [], notes: [], refusals: [], totals };
}

/** Records who set the power state; a state the file wants anyway needs no hold. */
function holdPower(ledger: Ledger, made: MadePlan, request: PowerRequest, hit: readonly Address[], context: OperationContext): Ledger {
  const power = request.action === 'start' ? 'on' : 'off';
  const wanted = new Map(made.desired.servers.map((server) => [server.address, server.values.power]));
  const now = context.clock.now();
  const until = request.holdSeconds === undefined ? undefined : new Date(now + request.holdSeconds * 1000).toISOString();
  const kept = ledger.holds.filter((hold) => !hit.includes(hold.address));
  const added = hit
    .filter((address) => wanted.get(address) !== power)
    .map((address): PowerHold => ({
      address,
      power,
      by: 'ict power',
      since: toTimestamp(context.clock),
      ...(until === undefined ? {} : { until }),
    }));
  return { ...ledger, holds: [...kept, ...added] };
}
