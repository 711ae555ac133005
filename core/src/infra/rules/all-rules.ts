import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { checkAdoptIds } from './names/check-adopt-ids.ts';
import { checkAlerts } from './watching/check-alerts.ts';
import { checkBudget } from './entries/check-budget.ts';
import { checkCompleteness } from './entries/check-completeness.ts';
import { checkGroups } from './names/check-groups.ts';
import { checkHardware } from './entries/check-hardware.ts';
import { checkInstanceNames } from './names/check-instance-names.ts';
import { checkLists } from './entries/check-lists.ts';
import { checkPlaybooks } from './playbooks/check-playbooks.ts';
import { checkSchedules } from './watching/check-schedules.ts';
import { checkSizes } from './entries/check-sizes.ts';
import { checkTargets } from './names/check-targets.ts';
import type { Rule, RuleContext } from './scope/rule.ts';

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
