import * as z from 'zod';
import { textSchema } from '#schemas/text/text-schema.ts';
import { t } from '#schemas/text/text.ts';
import { type RequestList, requestList, type SandboxStatus, sandboxStatus } from '../control/sandbox-status.ts';
import { formatFault, parseFault } from '../faults/parse-fault.ts';
import { faultNames } from '../faults/fault-names.ts';
import type { FaultStatus } from '../faults/fault-switches.ts';
import { type PanelAnswer, type PanelInput, panelAnswer } from '../panel/panel-request.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { callControl, notRunning, requireSandboxFile } from './call-control.ts';

const panelRefusal = z.object({ problem: textSchema, code: z.enum(['bad-panel', 'no-such-object']) });
const faultList = z.array(z.object({ fault: z.string(), matched: z.int(), struck: z.int() }));

/** Puts the running sandbox back to its seed. Throws {@link SandboxProblem} `not-running`. */
export const resetSandbox = (stateDir: string): Promise<SandboxStatus> => command(stateDir, '/reset', {}, sandboxStatus);

/** The last requests to the running sandbox, oldest first. Throws {@link SandboxProblem} `not-running`. */
export const readRequestLog = async (stateDir: string): Promise<RequestList> => {
  const answer = await callControl(await requireSandboxFile(stateDir), 'GET', '/log');
  const parsed = requestList.safeParse(answer?.value);
  if (!parsed.success) throw notRunning();
  return parsed.data;
};

/**
 * Does what a person does in the panel of the running sandbox. Throws {@link SandboxProblem} `bad-panel`,
 * `no-such-object` or `not-running`.
 */
export const useSandboxPanel = async (stateDir: string, request: PanelInput): Promise<PanelAnswer> => {
  const answer = await callControl(await requireSandboxFile(stateDir), 'POST', '/panel', request);
  const refused = panelRefusal.safeParse(answer?.value);
  if (refused.success) throw new SandboxProblem(refused.data.code, refused.data.problem);
  const parsed = panelAnswer.safeParse(answer?.value);
  if (!parsed.success) throw notRunning();
  return parsed.data;
};

/** Lets `ms` pass for the running sandbox. Throws {@link SandboxProblem} `not-running`. */
export const advanceSandbox = (stateDir: string, ms: number): Promise<SandboxStatus> =>
  command(stateDir, '/advance', { ms }, sandboxStatus);

/**
 * Switches faults of the running sandbox: first off, then on. `clear` is names, or all of them. Throws {@link SandboxProblem}
 * `bad-fault` before anything is sent, or `not-running`.
 */
export const switchFaults = async (
  stateDir: string,
  change: { readonly set?: readonly string[]; readonly clear?: readonly string[] | 'all' },
): Promise<readonly FaultStatus[]> => {
  const set = (change.set ?? []).map((text) => {
    const parsed = parseFault(text);
    if (parsed.kind === 'problem') throw new SandboxProblem('bad-fault', parsed.problem);
    return formatFault(parsed.rule);
  });
  const clear = change.clear === 'all' ? true : (change.clear ?? []);
  for (const name of clear === true ? [] : clear) {
    const parsed = parseFault(name);
    if (parsed.kind === 'problem') throw new SandboxProblem('bad-fault', parsed.problem);
    if (parsed.rule.name !== name) {
      throw new SandboxProblem('bad-fault', t('To switch a fault off, give its name alone: {0}.', faultNames.join(', ')));
    }
  }
  return command(stateDir, '/faults', { set, clear }, faultList);
};

async function command<Answer>(stateDir: string, path: string, body: unknown, schema: z.ZodType<Answer>): Promise<Answer> {
  const answer = await callControl(await requireSandboxFile(stateDir), 'POST', path, body);
  const parsed = schema.safeParse(answer?.value);
  if (!parsed.success) throw notRunning();
  return parsed.data;
}
