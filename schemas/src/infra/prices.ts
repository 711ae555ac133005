import * as z from 'zod';
import { doc } from '../text/text.ts';
import { pool } from './hardware.ts';

const roubles = z.number().min(0);

/** One line of the price table; the first line that fits a server counts. */
export const priceRow = z
  .strictObject({
    dc: z.string().min(1).optional().meta(doc('Data centre the prices are for: title or technical name. Without it: any.')),
    pool: pool.optional(),
    cpu: roubles.meta(doc('Roubles a month for one core.')),
    ram: roubles.meta(doc('Roubles a month for one GB of memory.')),
    disk: z
      .strictObject({ SSD: roubles.optional(), SAS: roubles.optional() })
      .meta(doc('Roubles a month for one GB of disk, by its type.')),
  })
  .meta(doc('Prices of one data centre and pool.'));

/**
 * The price table a user keeps: the provider has no API for prices (API reference, section 5). Only hardware is counted;
 * bandwidth, backup and licences are not.
 */
export const priceTable = z.strictObject({ prices: z.array(priceRow).min(1) });
export type PriceTable = z.output<typeof priceTable>;
