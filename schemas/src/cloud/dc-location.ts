import * as z from 'zod';
import { orAbsent, wireBoolean, wireInt, withUpperCaseId } from './wire-values.ts';

/**
 * One data centre of GET `/dcLocation` [client, obs. 2023]. `TechTitle` is unique and is the `DCLocation` of every other object;
 * `Title` is not unique (two rows `МТС`).
 */
export const wireDcLocation = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ID: orAbsent(wireInt),
    Title: orAbsent(z.string()),
    TechTitle: z.string(),
    /** Short Russian code, unique in the list. */
    ShortTitle: orAbsent(z.string()),
    Country: orAbsent(z.string()),
    City: orAbsent(z.string()),
    /** Base pool offered. */
    IsEnableLowPool: orAbsent(wireBoolean),
    /** High-performance pool offered. */
    IsEnableHighPool: orAbsent(wireBoolean),
    IsEnableBackup: orAbsent(wireBoolean),
    IsEnableIpV6: orAbsent(wireBoolean),
    IsFirewallEnabled: orAbsent(wireBoolean),
    IsOnlyForAdmins: orAbsent(wireBoolean),
    /** Bool, string or null: unclear from what was recorded, so it is not read. */
    HiddenToNewProjects: z.unknown().optional(),
  }),
);
export type WireDcLocation = z.output<typeof wireDcLocation>;

/** Answer of GET `/dcLocation`: a bare array. */
export const wireDcLocations = z.array(wireDcLocation);
