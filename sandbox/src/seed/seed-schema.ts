import * as z from 'zod';

const dataCentre = z.strictObject({
  tech_title: z.string(),
  title: z.string().optional(),
  short_title: z.string().optional(),
  country: z.string().default('Россия'),
  city: z.string().default('Санкт-Петербург'),
  low_pool: z.boolean().default(true),
  high_pool: z.boolean().default(true),
  backup: z.boolean().default(true),
  ssd_only: z.boolean().default(false),
});

const image = z.strictObject({
  id: z.int().positive(),
  name: z.string(),
  display_name: z.string().optional(),
  family: z.enum(['Linux', 'Windows', 'Bsd']).default('Linux'),
  system: z.string().default(''),
  /** Least disk, gigabytes. */
  disk: z.int().positive().default(10),
});

const server = z.strictObject({
  name: z.string().min(1),
  image: z.string().default('Ubuntu20.04x64'),
  dc: z.string().default('SdnSpb'),
  cpu: z.int().positive().default(1),
  /** Megabytes. */
  ram: z.int().positive().default(1024),
  /** Gigabytes. */
  disk: z.int().positive().default(20),
  disk_type: z.enum(['SSD', 'SAS']).default('SSD'),
  pool: z.enum(['base', 'high']).default('base'),
  power: z.enum(['on', 'off']).default('on'),
  state: z.enum(['Active', 'Blocked', 'NeedMoney']).default('Active'),
  /** Names of private networks of the same seed. */
  networks: z.array(z.string()).default([]),
  /** Titles of SSH keys of the same seed. */
  ssh_keys: z.array(z.string()).default([]),
});

/** What is there when a sandbox starts for the first time, and after a reset. Names are as in the infra file where both have them. */
export const seed = z.strictObject({
  /** Roubles. */
  balance: z.number().default(10_000),
  account: z
    .strictObject({ first_name: z.string(), last_name: z.string(), email: z.string() })
    .default({ first_name: 'Sandbox', last_name: 'User', email: 'user@example.com' }),
  /** Replaces the list of 2023. */
  data_centres: z.array(dataCentre).min(1).optional(),
  /** Replaces the list of 2023. */
  images: z.array(image).min(1).optional(),
  ssh_keys: z.array(z.strictObject({ title: z.string().min(1), public_key: z.string().min(1) })).default([]),
  networks: z
    .array(z.strictObject({ name: z.string().min(1), dc: z.string().default('SdnSpb'), dhcp: z.boolean().default(false) }))
    .default([]),
  servers: z.array(server).default([]),
});
export type Seed = z.output<typeof seed>;
export type SeedInput = z.input<typeof seed>;
export type SeedServer = z.output<typeof server>;
