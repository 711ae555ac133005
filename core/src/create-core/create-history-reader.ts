import type { ReadHistory } from '../ports/history.ts';
import { readHistory } from '../storage/read-history.ts';

/** The histories that projects keep beside their infra files, for those who only look. */
export const createHistoryReader = (): ReadHistory => readHistory;
