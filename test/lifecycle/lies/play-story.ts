import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { weighPlan } from '#core/engine/confirm.ts';
import { replayRuns } from '#core/engine/recover/recover-runs.ts';
import { systemClock } from '#core/platform/clock.ts';
import { openProjectStore } from '#core/storage/open-project-store.ts';
import type { Address } from '#schemas/infra/names.ts';
import { divide, wholeRefusals } from '#schemas/plan/left-out.ts';
import { type Plan, plan as planSchema } from '#schemas/plan/plan.ts';
import type { Ledger, LedgerEntry } from '#schemas/state/ledger.ts';
import type { Text } from '#schemas/text/text.ts';
import { currentKiller, Killer, type KillPoint } from '#test/helpers/killable-store.ts';
import { head, type Lab, openLab, type RunOptions } from '#test/helpers/lab.ts';

/** Waits are short: what a real cloud does in minutes, this one does at once or when a story says that time passes. */
const patience = {
  ICT_CREATE_LOOKUP_MS: '30',
  ICT_CREATE_DOUBT_MS: '600000',
  ICT_CREATE_RECHECK_MS: '1',
  ICT_TASK_TIMEOUT_MS: '150',
  ICT_ATTEMPTS: '3',
  ICT_MAX_BACKOFF_MS: '5',
  ICT_POLL_INTERVAL_MS: '3',
};
const AN_HOUR_MS = 3_600_000;

/** How a run ended; a killed one has no code. */
interface Ended {
  readonly code: number | undefined;
  readonly text: string;
}

/** Faults that may leave a create without an answer. */
const losing = /^(?:reset-|late-create|server-error|empty-body|error-as-200|refusal-as-200)/;

/** Plays a story against a sandbox of its own and gives what was run; throws with the story so far when something is not as it must be. */
export async function playStory(story: readonly string[]): Promise<readonly string[]> {
  const player = await Player.open();
  try {
    for (const line of [...story, 'the end']) await player.play(line);
    return player.told;
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`${player.told.join('\n')}\n${reason}`, { cause: error });
  } finally {
    await player.close();
  }
}

class Player {
  /** What happened so far, with exit codes. */
  readonly told: string[] = [];
  readonly #lab: Lab;
  /** Called with each request as it comes in. */
  readonly #listener: { onCreate?: () => void };
  /** Ids of servers that ict did not make. */
  readonly #strangers = new Set<number>();
  /** Ids whose deletion a person has confirmed, name and id before the eyes. */
  readonly #confirmed = new Set<number>();
  #declared = new Map<string, { readonly cpu: number }>();
  #mayLose = false;
  #mayComeLate = false;
  #lastPassedAt: number | undefined;
  /** A list that leaves something out for an hour cannot be told from one that is whole. */
  #wasHiddenForLong = false;

  private constructor(lab: Lab, listener: { onCreate?: () => void }) {
    this.#lab = lab;
    this.#listener = listener;
  }

  static async open(): Promise<Player> {
    const listener: { onCreate?: () => void } = {};
    const lab = await openLab(
      { onRequest: ({ method, kind }) => void (method === 'POST' && kind === '/server' && listener.onCreate?.()) },
      patience,
    );
    return new Player(lab, listener);
  }

  close(): Promise<void> {
    return this.#lab.close();
  }

  async play(line: string): Promise<void> {
    this.told.push(line);
    const [command = '', deathText] = line.split(' killed ');
    const [verb = '', ...words] = command.split(' ');
    switch (verb) {
      case 'file':
        return this.#write(words);
      case 'apply':
        return this.#apply('apply', words[0] === '--yes' ? 'nothing' : 'everything', readDeath(deathText));
      case 'destroy':
        return this.#apply(words[0] === 'everything' ? 'destroy' : `destroy --only ${words[0]}`, 'everything', readDeath(deathText));
      case 'power':
        return this.#power(words[0] ?? '', words[1] ?? '');
      case 'plan':
        return void (await this.#plan());
      case 'panel':
        return this.#panel(words);
      case 'lie':
        return this.#lie(words.join(' '));
      case 'twin':
        return this.#armTwin(words[1] ?? '', words[2] === 'before');
      case 'truth':
        this.#lab.sandbox.faults.clear();
        return;
      case 'an':
        return this.#passTime();
      case 'the':
        return this.#end();
      default:
        throw new Error(`no such command: ${line}`);
    }
  }

  async #write(words: readonly string[]): Promise<void> {
    const servers = words.map((word) => {
      const [name = '', cpu = '1', ...rest] = word.split(':');
      return { name, cpu: Number(cpu), networks: rest.includes('back') ? ['back'] : [], power: rest.includes('off') ? 'off' : 'on' };
    });
    this.#declared = new Map(servers.map((server) => [server.name, server]));
    const entries = servers.map(
      ({ name, cpu, networks, power }) =>
        `  ${name}: { cpu: ${cpu}, power: ${power}${networks.length > 0 ? `, networks: [${networks.join(', ')}]` : ''} }\n`,
    );
    const network = servers.some(({ networks }) => networks.length > 0) ? 'networks: { back: {} }\n' : '';
    await this.#lab.write(`${head}limits: { max_deletes: 99 }\n${network}${entries.length > 0 ? `servers:\n${entries.join('')}` : ''}`);
  }

  #lie(fault: string): void {
    // Set anew it would hide what was made with the other key too, which no account of the provider does.
    if (fault === 'other-project' && this.#isLying(fault)) return;
    this.#lab.sandbox.faults.set(fault);
    if (losing.test(fault)) this.#mayLose = true;
    if (fault.startsWith('late-create')) this.#mayComeLate = true;
  }

  #panel([action = '', name = '', ...rest]: readonly string[]): void {
    const { sandbox } = this.#lab;
    const target = sandbox.state.servers.find((server) => server.name === name && server.isGone !== true);
    if (action === 'create') {
      const values = rest[0] === 'alike' ? { cpu: '1', disk: '10' } : { cpu: '4', disk: '30' };
      this.#strangers.add(sandbox.panel({ do: 'create', name, values }).id);
      return;
    }
    if (!target) return;
    const { id } = target;
    if (action === 'delete') {
      sandbox.panel({ do: 'delete', target: id });
      this.#strangers.delete(id);
    } else if (action === 'rename') sandbox.panel({ do: 'rename', target: id, name: rest[1] ?? '' });
    else if (action === 'resize') sandbox.panel({ do: 'change', target: id, values: { cpu: '4', ram: '4096' } });
    else sandbox.panel({ do: 'change', target: id, values: { power: target.isPowerOn ? 'off' : 'on' } });
  }

  #armTwin(name: string, isBefore: boolean): void {
    this.#listener.onCreate = () => {
      delete this.#listener.onCreate;
      const create = (): void => this.#panel(['create', name, 'alike']);
      if (isBefore) create();
      else setTimeout(create, 2);
    };
  }

  #passTime(): void {
    if (['list-omits', 'list-cut', 'list-empty'].some((lie) => this.#isLying(lie))) this.#wasHiddenForLong = true;
    this.#lab.sandbox.advance(AN_HOUR_MS);
    this.#lastPassedAt = systemClock.elapsed();
    this.#mayComeLate = false;
  }

  /** The lies end, everything late has come, and a person applies once more. */
  async #end(): Promise<void> {
    this.#lab.sandbox.faults.clear();
    delete this.#listener.onCreate;
    this.#passTime();
    await this.#apply('apply', 'everything');
    const after = await this.#plan();
    if (!after) throw new Error('no plan after the lies have ended');
    const { runnable } = divide(after);
    const left = wholeRefusals(after).length > 0 ? [] : runnable.changes.filter(({ action }) => action !== 'no-op');
    const ledger = await this.#ledger();
    // What an adoption has left to the next plan is the only work that one apply may leave.
    const isNext = left.every(({ address }) => ledger.entries[address]?.origin === 'adopted');
    if (left.length > 0 && !isNext)
      fail(
        'one apply after the lies there is still work',
        left.map(({ action, address }) => `${action} ${address}`),
      );
    this.#checkTold(after, ledger);
  }

  /** Duplicates and objects of ours that nothing records must be told. */
  #checkTold(plan: Plan, ledger: Ledger): void {
    const text = JSON.stringify([plan.refusals, plan.notes]);
    const servers = this.#servers();
    const recorded = new Set(Object.values(ledger.entries).map(({ id }) => id));
    for (const name of this.#declared.keys()) {
      const twins = servers.filter((server) => server.name === name);
      // Strangers of a name that our own server has lost are none of ours.
      const isManaged = !ledger.entries[`server.${name}`] || twins.some(({ id }) => recorded.has(id));
      if (twins.length > 1 && isManaged && !twins.some(({ id }) => text.includes(String(id))))
        fail(
          `${name} exists twice, and the plan does not say so`,
          twins.map(({ id }) => id),
        );
    }
    if (this.#wasHiddenForLong) return;
    const orphans = servers.filter(({ id }) => !recorded.has(id) && !this.#strangers.has(id));
    for (const { id, name } of orphans)
      if (!text.includes(String(id)) && wholeRefusals(plan).length === 0)
        fail('ict made a server, does not record it and does not tell', [id, name]);
  }

  async #apply(command: string, confirms: 'everything' | 'nothing', death?: KillPoint): Promise<void> {
    const [verb = '', ...only] = command.split(' ');
    const isTruth = this.#lab.sandbox.faults.list().length === 0 && !this.#mayComeLate && this.#listener.onCreate === undefined;
    const before = await this.#ledger();
    const flags = confirms === 'everything' ? await this.#confirm(verb, only) : ['--yes'];
    const { code, text } = await this.#run([verb, ...only, '--allow-empty-ledger', ...flags], death);
    const after = await this.#ledger();
    this.#checkRecords(before, after, text);
    this.#checkStrangers(text);
    if (code !== 0) return;
    const isAsked = (step: { readonly address: string }): boolean => only.length === 0 || step.address === `server.${only[1]}`;
    if ((after.unsettled ?? []).some(({ step }) => isAsked(step))) fail('exit code 0, and the outcome of a create is open', [text]);
    if (verb === 'apply') await this.#checkDone(before, after, isTruth, text);
  }

  /** Exit code 0 says that the server has that power, or that there is none. */
  async #power(action: string, name: string): Promise<void> {
    const { code, text } = await this.#run(['power', action, name, '--yes']);
    const entry = Object.values((await this.#ledger()).entries).find(({ address }) => address === `server.${name}`);
    const server = this.#servers().find(({ id }) => id === entry?.id);
    if (code === 0 && server && server.isPowerOn !== (action === 'start') && !this.#isLying('-lag'))
      fail(`exit code 0, and the power of ${name} is another one`, [text]);
  }

  /** No record is dropped while its object exists, unless ict did not make it. */
  #checkRecords(before: Ledger, after: Ledger, text: string): void {
    const kept = new Set(Object.values(after.entries).map(toKey));
    const { servers, networks } = this.#lab.sandbox.state;
    const there = new Set([
      ...this.#servers(servers).map(({ id }) => `server ${id}`),
      ...this.#servers(networks).map(({ id }) => `network ${id}`),
    ]);
    for (const entry of Object.values(before.entries)) {
      if (entry.origin === 'created' && there.has(toKey(entry)) && !kept.has(toKey(entry)))
        fail(`the record of ${entry.address} was dropped, and its object exists`, [entry.id, text]);
    }
  }

  /** What ict did not make is there, unless its name and id were shown and confirmed after an answer was lost. */
  #checkStrangers(text: string): void {
    const there = new Set(this.#servers().map(({ id }) => id));
    for (const id of this.#strangers) {
      if (!there.has(id) && !(this.#mayLose && this.#confirmed.has(id))) fail('ict deleted a server that it did not make', [id, text]);
    }
  }

  /** Exit code 0 says that everything is as the file has it. */
  async #checkDone(before: Ledger, after: Ledger, isTruth: boolean, text: string): Promise<void> {
    const there = new Map(this.#servers().map((server) => [server.id, server]));
    for (const name of this.#declared.keys()) {
      const entry = after.entries[`server.${name}`];
      if (!entry) fail(`exit code 0, and ${name} is not recorded`, [text]);
      // A list that lags shows what is gone, and nothing tells it from a list that does not.
      else if (!there.has(entry.id) && !this.#isLying('-lag'))
        fail(`exit code 0, and the recorded server of ${name} does not exist`, [entry.id, text]);
    }
    if (!isTruth) return;
    const plan = await this.#plan();
    const isNew = (address: Address): boolean => before.entries[address]?.id !== after.entries[address]?.id;
    const left = (plan?.changes ?? []).filter(
      ({ action, address }) => action !== 'no-op' && !(after.entries[address]?.origin === 'adopted' && isNew(address)),
    );
    if (!plan || plan.refusals.length > 0 || left.length > 0)
      fail('exit code 0, and the next plan is not empty', [
        text,
        JSON.stringify(plan?.refusals),
        left.map(({ action, address }) => `${action} ${address}`),
      ]);
  }

  #isLying(part: string): boolean {
    return this.#lab.sandbox.faults.list().some(({ fault }) => fault.includes(part));
  }

  /** Flags that a person gives who has read the plan: what it asks for, with what it shows. */
  async #confirm(verb: string, only: readonly string[]): Promise<string[]> {
    const flags = ['--yes'];
    const read = async (): Promise<Plan | undefined> =>
      verb === 'destroy' ? this.#planDestroy([...only, ...flags.slice(1)]) : this.#plan([...only, ...flags.slice(1)]);
    const first = await read();
    for (const { kind, address, text } of first?.refusals ?? []) {
      if (kind === 'replace-not-allowed' && address) flags.push('--allow-replace', address);
      if (kind === 'renamed-in-panel') flags.push('--confirm', argumentOf(text, 3));
      if (kind === 'mass-disappearance') flags.push('--confirm-gone', argumentOf(text, 0));
    }
    const plan = flags.length > 1 ? await read() : first;
    if (!plan || wholeRefusals(plan).length > 0) return flags;
    const { runnable } = divide(plan);
    for (const { panel } of runnable.changes) if (panel) this.#confirmed.add(panel.id);
    const needed = weighPlan(runnable);
    if (needed.kind !== 'name' && needed.kind !== 'count') return flags;
    for (const address of needed.recreated) flags.push('--recreate', address);
    const deletions = (needed.kind === 'name' ? 1 : needed.expected) - needed.recreated.length;
    return deletions > 0 ? [...flags, '--allow-deletes', String(deletions)] : flags;
  }

  /** The plan; undefined where there is none. */
  async #plan(args: readonly string[] = []): Promise<Plan | undefined> {
    const { out } = await this.#lab.run(['plan', '--json', ...args], { environment: this.#environment() });
    return readPlan(out);
  }

  /** What `destroy` would do: it says so before it asks. */
  async #planDestroy(args: readonly string[]): Promise<Plan | undefined> {
    const { out } = await this.#lab.run(['destroy', '--json', ...args], { environment: this.#environment() });
    return readPlan(out);
  }

  async #run(args: readonly string[], death?: KillPoint): Promise<Ended> {
    if (death) this.#mayLose = true;
    const environment = this.#environment();
    const run = async (more: Partial<RunOptions> = {}): Promise<Ended> => {
      const { code, out, err } = await this.#lab.run(args, { environment, ...more });
      return { code, text: `${out}${err}` };
    };
    const ended = death ? await this.#runUntilKilled(run, new Killer(death)) : await run();
    this.told.push(`  → ict ${args.join(' ')}: ${ended.code ?? 'killed'}`);
    await this.#settleRequests();
    return ended;
  }

  async #runUntilKilled(run: (options: Partial<RunOptions>) => Promise<Ended>, killer: Killer): Promise<Ended> {
    let interrupt: () => void = () => undefined;
    const death = new Promise<Ended>((resolve) => killer.onDeath(() => resolve({ code: undefined, text: '' })));
    // Ctrl-C twice ends its requests; whatever it would write then goes nowhere.
    killer.onDeath(() => [1, 2].forEach(() => interrupt()));
    const running = currentKiller.run(killer, () => run({ onStart: (given) => (interrupt = given) }));
    const ended = await Promise.race([running, death]);
    if (ended.code === undefined) await rm(join(this.#lab.folder, '.ict', 'shop', 'lock'), { force: true });
    return ended;
  }

  /** Requests that a killed run had sent come to their end. */
  async #settleRequests(): Promise<void> {
    const isOpen = (): boolean => this.#lab.sandbox.requests.recent().some(({ status, isCut }) => status === undefined && isCut !== true);
    for (let turn = 0; turn < 200 && isOpen(); turn++) await nextTurn();
  }

  #environment(): Record<string, string> {
    const passedAt = this.#lastPassedAt;
    return passedAt === undefined ? {} : { ICT_CREATE_DOUBT_MS: String(Math.floor(systemClock.elapsed() - passedAt)) };
  }

  /** What is recorded, killed runs included. */
  async #ledger(): Promise<Ledger> {
    const store = openProjectStore(this.#lab.folder, 'shop', systemClock);
    const { ledger, unsettled } = replayRuns(await store.readLedger(), await store.readUnfinishedJournals());
    return { ...ledger, unsettled: [...unsettled] };
  }

  /** What is there in truth: without rows that stay after a deletion. */
  #servers<Item extends { readonly isGone?: boolean | undefined }>(items: readonly Item[]): readonly Item[];
  #servers(): Lab['sandbox']['state']['servers'];
  #servers(items: readonly { readonly isGone?: boolean | undefined }[] = this.#lab.sandbox.state.servers): unknown {
    return items.filter(({ isGone }) => isGone !== true);
  }
}

/** A name or a number of a sentence, as a person reads it there. */
function argumentOf({ args }: Text, index: number): string {
  const value = args?.[index];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const toKey = ({ kind, id }: LedgerEntry): string => `${kind} ${id}`;

function readPlan(out: string): Plan | undefined {
  try {
    const parsed: unknown = JSON.parse(out);
    return typeof parsed === 'object' && parsed !== null && 'plan' in parsed ? planSchema.parse(parsed.plan) : undefined;
  } catch {
    return undefined;
  }
}

function readDeath(text: string | undefined): KillPoint | undefined {
  const [when, , write] = (text ?? '').split(' ');
  return when === 'before' || when === 'after' ? { when, write: Number(write) } : undefined;
}

function fail(what: string, facts: readonly unknown[]): never {
  throw new Error(`${what}: ${facts.map((fact) => (typeof fact === 'string' ? fact : JSON.stringify(fact))).join('; ')}`);
}
