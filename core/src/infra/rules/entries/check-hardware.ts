import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import type { Locate, ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import { formatRam, limits, roundUpDiskGb, roundUpRamMb } from './hardware-limits.ts';
import type { EntryRule } from '../scope/rule.ts';

/** Limits of the provider that hold in every data centre and for every image. Checked where the value stands, so once. */
export const checkHardware: EntryRule = {
  scope: 'entry',
  reads: { defaults: 'each', sizes: 'each', servers: 'each' },
  needs: 'merged',
  check: ({ infra, locate }) => [
    ...check(infra.defaults, ['defaults'], locate),
    ...Object.entries(infra.sizes ?? {}).flatMap(([name, size]) => check(size, ['sizes', name], locate)),
    ...listServers(infra).flatMap(([name, entry]) => check(entry, ['servers', name], locate)),
  ],
};

interface HardwareValues {
  readonly cpu?: number | undefined;
  readonly ram?: number | undefined;
  readonly disk?: number | undefined;
}

function check(values: HardwareValues | undefined, path: ValuePath, locate: Locate): readonly Diagnostic[] {
  if (!values) return [];
  const place: FindPlace = (field) => ({ source: locate([...path, field], 'value'), address: formatPath(path) });
  return [...checkCpu(values.cpu, place), ...checkRam(values.ram, place), ...checkDisk(values.disk, place)];
}

/** Finds where a field stands and the entry it is about; called only for a problem. */
type FindPlace = (field: 'cpu' | 'ram' | 'disk') => { readonly source: SourceRange; readonly address: string };

function checkCpu(cpu: number | undefined, place: FindPlace): readonly Diagnostic[] {
  if (cpu === undefined || cpu <= limits.cpu.documentedMax) return [];
  const detail = t(
    '{0} cores are more than the documented 8. Whether the data centre has them is known only when the server is made.',
    cpu,
  );
  return [createDiagnostic('above-documented-range', { detail, ...place('cpu') })];
}

function checkRam(ramMb: number | undefined, place: FindPlace): readonly Diagnostic[] {
  if (ramMb === undefined) return [];
  const next = roundUpRamMb(ramMb);
  const { minLinuxMb, documentedMaxMb } = limits.ram;
  if (ramMb !== next) {
    const { source, address } = place('ram');
    const [code, detail] =
      ramMb < minLinuxMb
        ? (['below-minimum', t('{0} MB of memory are less than the smallest server has: 512 MB.', ramMb)] as const)
        : (['ram-step', t('{0} MB of memory are not offered. The next step is {1}.', ramMb, formatRam(next))] as const);
    return [
      createDiagnostic(code, {
        detail,
        source,
        address,
        fixes: [replaceFix(t('Replace with `{0}`', formatRam(next)), source, formatRam(next))],
      }),
    ];
  }
  if (ramMb <= documentedMaxMb) return [];
  const detail = t(
    '{0} of memory are more than the documented 16 GB. Whether the data centre has them is known only when the server is made.',
    formatRam(ramMb),
  );
  return [createDiagnostic('above-documented-range', { detail, ...place('ram') })];
}

function checkDisk(diskGb: number | undefined, place: FindPlace): readonly Diagnostic[] {
  if (diskGb === undefined) return [];
  const next = roundUpDiskGb(diskGb);
  const { minLinuxGb, documentedMaxGb } = limits.disk;
  if (diskGb !== next) {
    const { source, address } = place('disk');
    const [code, detail] =
      diskGb < minLinuxGb
        ? (['below-minimum', t('A disk of {0} GB is smaller than the smallest server has: 10 GB.', diskGb)] as const)
        : (['disk-step', t('A disk of {0} GB is not offered. The next step is {1} GB.', diskGb, next)] as const);
    return [
      createDiagnostic(code, {
        detail,
        source,
        address,
        fixes: [replaceFix(t('Replace with `{0}`', `${next} GB`), source, `${next} GB`)],
      }),
    ];
  }
  if (diskGb <= documentedMaxGb) return [];
  const detail = t(
    'A disk of {0} GB is larger than the documented 250 GB. Whether the data centre has it is known only when the server is made.',
    diskGb,
  );
  return [createDiagnostic('above-documented-range', { detail, ...place('disk') })];
}

/** Problems that a server may have in the panel: they bind what is made or changed, not what exists. */
const hardwareCodes: ReadonlySet<DiagnosticCode> = new Set(['below-minimum', 'ram-step', 'disk-step']);

/** Whether a diagnostic is about the hardware of servers and about nothing else. */
export const isAboutHardware = (code: DiagnosticCode): boolean => hardwareCodes.has(code);
