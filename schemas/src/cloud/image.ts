import * as z from 'zod';
import { orAbsent, wireBoolean, wireInt, withUpperCaseId } from './wire-values.ts';

/**
 * One image of GET `/image`. Ids and versions change: resolve by name at run time [client]. `DCLocation` is `""` for common images,
 * offered in every data centre, and a technical name for own ones [inferred]; `""` is kept since it is an answer.
 */
export const wireImage = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ID: wireInt,
    /** Technical name, equals `Server.Image`. */
    Name: z.string(),
    DisplayName: orAbsent(z.string()),
    /** `Linux`, `Windows`, `Bsd`. */
    Family: orAbsent(z.string()),
    DCLocation: orAbsent(z.string()),
    /** Least size of the system disk, gigabytes [client, obs. 2023]. */
    Hdd: orAbsent(wireInt),
    /** `GoldServer` for the provider's images; the word for own ones is unknown. */
    Type: orAbsent(z.string()),
    OperatingSystemType: orAbsent(z.string()),
    IsAvailableISP: orAbsent(wireBoolean),
    IsISPLiteEnabled: orAbsent(wireBoolean),
    IsISPBusinessEnabled: orAbsent(wireBoolean),
  }),
);
export type WireImage = z.output<typeof wireImage>;

/** Answer of GET `/image`: a bare array in no stated order. */
export const wireImages = z.array(wireImage);
