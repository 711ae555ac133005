import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { checkAdoptIds } from './check-adopt-ids.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkBudget } from './check-budget.ts';
import { checkCompleteness } from './check-completeness.ts';
import { checkGroups } from './check-groups.ts';
import { checkHardware } from './check-hardware.ts';
import { checkInstanceNames } from './check-instance-names.ts';
import { checkLists } from './check-lists.ts';
import { checkPlaybooks } from './check-playbooks.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkSizes } from './check-sizes.ts';
import { checkTargets } from './check-targets.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Every rule on a merged and expanded file. */
export const allRules: readonly Rule[] = [
  checkSizes,
  checkLists,
  checkTargets,
  checkGroups,
  checkInstanceNames,
  checkAdoptIds,
  checkCompleteness,
  checkHardware,
  checkPlaybooks,
  checkAlerts,
  checkSchedules,
  checkBudget,
];

/** Runs all rules. */
export const runRules = (context: RuleContext): readonly Diagnostic[] => allRules.flatMap((rule) => rule(context));
