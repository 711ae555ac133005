import { type FaultName, type FaultRule, faultRule, isRuleFor, type RequestFacts } from './fault-rule.ts';
import { formatFault } from './parse-fault.ts';

/** A fault that is on, with what it has done so far. */
export interface FaultStatus {
  /** As it would be written: `slow=GET /server,ms=500`. */
  readonly fault: string;
  /** Requests it was about. */
  readonly matched: number;
  /** Requests it struck. */
  readonly struck: number;
}

/** The faults of one sandbox. */
export interface FaultSwitches {
  /** Switches a fault on; one with the same name, method and path is replaced and counts from zero. */
  set(rule: FaultRule): void;
  /** Switches off every fault of a name, or all of them. */
  clear(name?: FaultName): void;
  list(): readonly FaultStatus[];
  /** Asks whether a fault strikes this request, and counts the request. The first rule that strikes is the answer. */
  take(name: FaultName, request: RequestFacts): FaultRule | undefined;
}

/** `onClear` hears which faults went, so that what they hold back can go on. */
export const createFaultSwitches = (onClear: (name: FaultName) => void = () => undefined): FaultSwitches => {
  let faults: { rule: FaultRule; matched: number; struck: number }[] = [];
  return {
    set(rule) {
      const checked = faultRule.parse(rule);
      faults = faults.filter(({ rule: old }) => !(old.name === rule.name && old.method === rule.method && old.path === rule.path));
      faults.push({ rule: checked, matched: 0, struck: 0 });
    },
    clear(name) {
      const gone = new Set(faults.filter(({ rule }) => name === undefined || rule.name === name).map(({ rule }) => rule.name));
      faults = faults.filter(({ rule }) => !gone.has(rule.name));
      for (const one of gone) onClear(one);
    },
    list: () => faults.map(({ rule, matched, struck }) => ({ fault: formatFault(rule), matched, struck })),
    take(name, request) {
      let answer: FaultRule | undefined;
      for (const fault of faults) {
        if (fault.rule.name !== name || !isRuleFor(fault.rule, request)) continue;
        fault.matched++;
        if (answer !== undefined || !isItsTurn(fault.rule, fault.matched, fault.struck)) continue;
        fault.struck++;
        answer = fault.rule;
      }
      return answer;
    },
  };
};

function isItsTurn({ skip = 0, every = 1, times }: FaultRule, matched: number, struck: number): boolean {
  return matched > skip && (matched - skip) % every === 0 && (times === undefined || struck < times);
}
