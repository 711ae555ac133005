import type { Address } from '#schemas/infra/names.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import { t, type Text } from '#schemas/text/text.ts';

/** Something that was done, on the time axis. */
export type HistoryMark = MetricsHistoryAnswer['marks'][number];
export type MarkKind = HistoryMark['kind'];

/** Shape and name of each kind: the shape tells them apart where colours do not. */
export const markKinds: Readonly<Record<MarkKind, { readonly sign: string; readonly name: Text }>> = {
  apply: { sign: '▲', name: t('apply') },
  deploy: { sign: '◆', name: t('deploy') },
  power: { sign: '●', name: t('power') },
};

/** Marks that touched one of the servers; one without servers touched all. */
export const marksOf = (marks: readonly HistoryMark[], addresses: readonly Address[]): readonly HistoryMark[] =>
  marks.filter(({ servers }) => servers.length === 0 || servers.some((address) => addresses.includes(address)));

/** Marks no further than `withinSeconds` from a moment, the nearest first. */
export function marksNear(marks: readonly HistoryMark[], seconds: number, withinSeconds: number): readonly HistoryMark[] {
  const distance = ({ at }: HistoryMark): number => Math.abs(Date.parse(at) / 1000 - seconds);
  return marks.filter((mark) => distance(mark) <= withinSeconds).sort((left, right) => distance(left) - distance(right));
}
