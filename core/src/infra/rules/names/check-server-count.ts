import { describeExcess, limitServers } from '../../expand/limit-servers.ts';
import type { NamesRule } from '../scope/rule.ts';

/** A project has no more servers than ict reads. */
export const checkServerCount: NamesRule = {
  scope: 'names',
  reads: [],
  check: ({ names, locate }) => {
    const { total, firstBeyond } = limitServers(names.entries);
    return firstBeyond === undefined ? [] : [describeExcess(firstBeyond, total, locate(['servers', firstBeyond], 'key'))];
  },
};
