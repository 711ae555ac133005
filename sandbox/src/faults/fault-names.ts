import * as z from 'zod';

/** What can go wrong on purpose. README.md of the sandbox describes each. */
export const faultNames = [
  'rate-limit',
  'server-error',
  'empty-body',
  'slow',
  'slow-accept',
  'reset-after-accept',
  'reset-before-accept',
  'late-create',
  'stuck-task',
  'postponed',
  'failed-task',
  'need-money',
  'strict-dc',
  'html-error',
  'non-json',
  'delete-shows-deleting',
  'deleted-stays',
  'key-base64-only',
  'list-omits',
  'list-cut',
  'list-empty',
  'list-twice',
  'list-reversed',
  'list-lag',
  'object-lag',
  'rename-on-create',
  'twin',
  'says-not-found',
  'error-as-200',
  'refusal-as-200',
  'russian-errors',
  'image-withdrawn',
  'dc-withdrawn',
  'unreadable-row',
  'hostile-text',
  'other-project',
] as const;
export const faultName = z.enum(faultNames);
export type FaultName = z.output<typeof faultName>;

/** Values of the option `as`, the default first; a fault that is not here has no such option. */
export const faultVariants = {
  'deleted-stays': ['Deleted', 'Deleting'],
  'rename-on-create': ['underscore', 'lower', 'upper', 'trimmed', 'suffix'],
  twin: ['after', 'before'],
  'unreadable-row': ['null-name', 'no-cpu', 'text-id', 'string'],
  'hostile-text': ['template', 'option', 'escape', 'newline', 'bidi'],
} as const satisfies Partial<Record<FaultName, readonly string[]>>;

type VariedFault = keyof typeof faultVariants;

/** The variant a rule asks for, or the default one of its fault. */
export const variantOf = <Name extends VariedFault>(name: Name, as: string | undefined): (typeof faultVariants)[Name][number] => {
  const variants: readonly (typeof faultVariants)[Name][number][] = faultVariants[name];
  const [first] = faultVariants[name];
  return variants.find((variant) => variant === as) ?? first;
};

/** The variants of a fault; empty when it has none. */
export const variantsOf = (name: FaultName): readonly string[] => (name in faultVariants ? faultVariants[name as VariedFault] : []);

/** Options of which a fault needs one: without it, it would not be known what to leave out. */
export const neededOptions: Partial<Record<FaultName, readonly ('id' | 'name')[]>> = {
  'list-omits': ['id', 'name'],
  'image-withdrawn': ['name'],
  'dc-withdrawn': ['name'],
};
