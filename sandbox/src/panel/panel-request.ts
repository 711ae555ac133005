import * as z from 'zod';

/** Kinds of objects that a person can handle in the panel. */
export const panelKinds = ['server', 'network', 'key'] as const;
export type PanelKind = (typeof panelKinds)[number];

const kind = z.enum(panelKinds).default('server');
/** An id, or the name that the panel shows. */
const target = z.union([z.int().positive(), z.string().min(1)]);
/** `cpu` → `4`; what each kind takes stands in `server-fields.ts` and `other-fields.ts`. */
const values = z.record(z.string(), z.string()).default({});

/** Body of POST `/_sandbox/panel`: what a person does in the provider's panel while nobody looks. */
export const panelRequest = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('change'), kind, target, values }),
  z.strictObject({ do: z.literal('rename'), kind, target, name: z.string().min(1) }),
  z.strictObject({ do: z.literal('delete'), kind, target }),
  z.strictObject({ do: z.literal('create'), kind, name: z.string().min(1), values }),
]);
export type PanelRequest = z.output<typeof panelRequest>;
export type PanelInput = z.input<typeof panelRequest>;

/** Whom it was done to. */
export const panelAnswer = z.object({ kind: z.enum(panelKinds), id: z.int(), name: z.string() });
export type PanelAnswer = z.output<typeof panelAnswer>;
