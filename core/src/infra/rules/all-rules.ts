import { checkBudget } from './entries/check-budget.ts';
import { checkCompleteness } from './entries/check-completeness.ts';
import { checkHardware } from './entries/check-hardware.ts';
import { checkLists } from './entries/check-lists.ts';
import { checkSizes } from './entries/check-sizes.ts';
import { checkAdoptIds } from './names/check-adopt-ids.ts';
import { checkGroups } from './names/check-groups.ts';
import { checkInstanceNames } from './names/check-instance-names.ts';
import { checkServerCount } from './names/check-server-count.ts';
import { checkTargets } from './names/check-targets.ts';
import { checkPlaybookFiles } from './playbooks/check-playbook-files.ts';
import { checkDefaultVars, checkServerVars } from './playbooks/check-playbook-vars.ts';
import { checkPlaybooks } from './playbooks/check-playbooks.ts';
import type { Rule } from './scope/rule.ts';
import { checkAlerts } from './watching/check-alerts.ts';
import { checkSchedules } from './watching/check-schedules.ts';

/**
 * Every rule on a merged file, in the order in which problems of one place are reported. The command line and the language server run this
 * list and no other.
 */
export const allRules: readonly Rule[] = [
  checkServerCount,
  checkSizes,
  checkLists,
  checkTargets,
  checkGroups,
  checkInstanceNames,
  checkAdoptIds,
  checkCompleteness,
  checkHardware,
  checkPlaybooks,
  checkDefaultVars,
  checkServerVars,
  checkPlaybookFiles,
  checkAlerts,
  checkSchedules,
  checkBudget,
];
