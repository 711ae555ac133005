import * as z from 'zod';

/** What a lens does, or shows. */
export const lensKinds = ['plan', 'apply', 'deploy', 'result'] as const;
export type LensKind = (typeof lensKinds)[number];

/**
 * What comes back when a lens is to be resolved: the document, what it does, and the entry or group it is about; without
 * that the whole file. A tuple, because a large file has thousands of lenses.
 */
export const lensData = z.union([z.tuple([z.string(), z.enum(lensKinds)]), z.tuple([z.string(), z.enum(lensKinds), z.string()])]);
export type LensData = z.output<typeof lensData>;

/** Argument of the commands `ict.plan`, `ict.apply`, `ict.deploy` and `ict.showLastResult`. */
export interface LensArgument {
  readonly uri: string;
  /** Names of entries or groups; absent: the whole file. */
  readonly targets?: readonly string[];
}
