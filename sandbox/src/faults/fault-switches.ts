import type { FaultName } from './fault-names.ts';
import { type FaultRule, faultRule, isRuleFor, type RequestFacts } from './fault-rule.ts';
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
  /** Switches a fault on; one for the same request and object is replaced and counts from zero. */
  set(rule: FaultRule): void;
  /** Switches off every fault of a name, or all of them. */
  clear(name?: FaultName): void;
  list(): readonly FaultStatus[];
  /** Asks whether a fault strikes this request, and counts the request. The first rule that strikes is the answer. */
  take(name: FaultName, request: RequestFacts): FaultRule | undefined;
  /** Like {@link FaultSwitches.take}, but every rule that strikes: rules about different objects work side by side. */
  takeAll(name: FaultName, request: RequestFacts): readonly FaultRule[];
  /** The rules of a fault, without counting anything. */
  rules(name: FaultName): readonly FaultRule[];
}

/** What follows from switching a fault. */
export interface FaultEffects {
  /** Called after a fault was set: some need to know what was there then. */
  onSet?(name: FaultName): void;
  /** Called with each fault that was cleared, so that what it held back can go on. */
  onClear?(name: FaultName): void;
}

/** The switches of one sandbox, all off. */
export const createFaultSwitches = ({ onSet, onClear }: FaultEffects = {}): FaultSwitches => {
  let faults: { rule: FaultRule; matched: number; struck: number }[] = [];
  return {
    set(rule) {
      const checked = faultRule.parse(rule);
      faults = faults.filter(({ rule: old }) => subjectOf(old) !== subjectOf(rule));
      faults.push({ rule: checked, matched: 0, struck: 0 });
      onSet?.(rule.name);
    },
    clear(name) {
      const gone = new Set(faults.filter(({ rule }) => name === undefined || rule.name === name).map(({ rule }) => rule.name));
      faults = faults.filter(({ rule }) => !gone.has(rule.name));
      for (const one of gone) onClear?.(one);
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
    takeAll(name, request) {
      return faults.flatMap((fault) => {
        if (fault.rule.name !== name || !isRuleFor(fault.rule, request)) return [];
        fault.matched++;
        if (!isItsTurn(fault.rule, fault.matched, fault.struck)) return [];
        fault.struck++;
        return [fault.rule];
      });
    },
    rules: (name) => faults.flatMap(({ rule }) => (rule.name === name ? [rule] : [])),
  };
};

/** What two rules have in common when one replaces the other. */
function subjectOf({ name, method, path, id, objectName, field }: FaultRule): string {
  return JSON.stringify([name, method, path, id, objectName, field]);
}

function isItsTurn({ skip = 0, every = 1, times }: FaultRule, matched: number, struck: number): boolean {
  return matched > skip && (matched - skip) % every === 0 && (times === undefined || struck < times);
}
