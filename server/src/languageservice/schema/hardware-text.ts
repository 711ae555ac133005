import { formatRam } from '#core/infra/rules/entries/hardware-limits.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import { tn, verbatim, type Text } from '#schemas/text/text.ts';

/** Hardware as far as it is known. Memory in MB, disk in GB. */
export interface KnownHardware {
  readonly cpu?: number | undefined;
  readonly ram?: number | undefined;
  readonly disk?: number | undefined;
  readonly disk_type?: string | undefined;
}

/** `1 core`, `1 GB`, `10 GB SSD`: one text for each thing that is known. */
export function listHardware({ cpu, ram, disk, disk_type: type }: KnownHardware): readonly Text[] {
  return [
    ...(cpu === undefined ? [] : [tn(cpu, '{0} core', '{0} cores')]),
    ...(ram === undefined ? [] : [verbatim(formatRam(ram))]),
    ...(disk === undefined ? [] : [verbatim([`${disk} GB`, type].filter(Boolean).join(' '))]),
  ];
}

/** Things in one line, with dots between them. */
export const joinTexts = (texts: readonly Text[]): Text =>
  texts.length === 0 ? verbatim('') : { text: texts.map((_, index) => `{${index}}`).join(' · '), args: texts };

/** Pools of hardware that a data centre offers, by the words of the file. */
export const listPools = ({ hasBasePool, hasHighPool }: DataCentre): readonly string[] => [
  ...(hasBasePool ? ['base'] : []),
  ...(hasHighPool ? ['high'] : []),
];
