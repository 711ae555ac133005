import * as z from 'zod';
import { address, projectName, resourceKinds } from '../infra/names.ts';
import { ledgerEntry } from '../state/ledger.ts';
import { textSchema } from '../text/text-schema.ts';
import { step } from './step.ts';

/** Version of the plan's format. */
export const PLAN_FORMAT = 1;

/**
 * What happens to an address. `no-op` rows are kept for `--full`. `recreate`: the recorded object is proven to be gone and a new one
 * is made, which a bare yes does not cover.
 */
export const actions = [
  'no-op',
  'create',
  'recreate',
  'adopt',
  'resume',
  'update',
  'power',
  'link',
  'replace',
  'delete',
  'forget',
] as const;
export const action = z.enum(actions);
export type Action = z.output<typeof action>;

/** Who changed a field: the file, the panel, both since the last apply; unknown without a ledger entry. */
export const origins = ['file', 'panel', 'both', 'unknown'] as const;
export type Origin = (typeof origins)[number];

/** What a change costs. */
export const impacts = ['none', 'reboot', 'downtime', 'new-address', 'data-loss', 'irreversible'] as const;
export const impact = z.enum(impacts);
export type Impact = z.output<typeof impact>;

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export type FieldValue = z.output<typeof value>;

/** One field that differs. `field` is the name the infra file uses. */
export const fieldChange = z.object({
  field: z.string(),
  recorded: value.optional(),
  actual: value.optional(),
  desired: value.optional(),
  origin: z.enum(origins),
});
export type FieldChange = z.output<typeof fieldChange>;

/** Where something stands in the user's file; 0-based lines and UTF-16 columns. */
export const position = z.object({ line: z.number(), character: z.number() });
export const sourceRange = z.object({ file: z.string(), start: position, end: position });
export type SourceRange = z.output<typeof sourceRange>;

/** What the panel shows of an object that would be deleted: what a person recognises it by. */
export const panelFacts = z.object({
  name: z.string(),
  id: z.number(),
  ip: z.string().optional(),
  /** As the provider wrote it. */
  createdAt: z.string().optional(),
  /** Run of the last deploy to it. */
  lastDeploy: z.string().optional(),
});
export type PanelFacts = z.output<typeof panelFacts>;

export const change = z.object({
  address,
  kind: z.enum(resourceKinds),
  action,
  remoteId: z.number().optional(),
  /** What differs. Under `adopt` nothing of it is changed: it is what the next plan would change. */
  fields: z.array(fieldChange),
  impacts: z.array(impact),
  /** Why, in sentences for people; never read by code. */
  reasons: z.array(textSchema),
  source: sourceRange.optional(),
  steps: z.array(step),
  /** Present where an object would be deleted, replaced ones included. */
  panel: panelFacts.optional(),
});
export type Change = z.output<typeof change>;

/** Something worth knowing that changes nothing: a write-only difference, a held power state, a server without money. */
export const note = z.object({
  code: z.string(),
  level: z.enum(['info', 'warning']),
  address: address.optional(),
  text: textSchema,
  source: sourceRange.optional(),
});
export type Note = z.output<typeof note>;

/**
 * A reason why something of the plan may not be applied as it is, with the way out in its text. One with an address leaves out that
 * address and what depends on it; one without refuses the whole plan.
 */
export const refusalKinds = [
  'protected',
  'replace-not-allowed',
  'replace-impossible',
  'not-ours',
  'too-many-deletes',
  'network-in-use',
  'ambiguous-name',
  'id-not-found',
  'other-account',
  'over-budget',
  /** An object of the declared name exists, is nobody's and differs. */
  'name-taken',
  /** A managed name exists twice in the account. */
  'duplicate-name',
  /** Nobody can tell whether the object is there. */
  'presence-unknown',
  /** A create was sent and its answer is not known. */
  'create-unsettled',
  /** The provider's list lacks objects that are there, so no absence in it proves anything. */
  'list-incomplete',
  /** The object to be deleted has another name in the panel than the recorded one. */
  'renamed-in-panel',
  /** The recorded id belongs to another object now. */
  'identity-changed',
  /** The object is being deleted in the cloud. */
  'being-deleted',
  /** Most of what is recorded has vanished at once. */
  'mass-disappearance',
  /** Nothing is recorded here, but objects of the file's names exist. */
  'empty-ledger',
] as const;
export const refusal = z.object({
  kind: z.enum(refusalKinds),
  address: address.optional(),
  text: textSchema,
  source: sourceRange.optional(),
});
export type Refusal = z.output<typeof refusal>;

/** The values a plan was made from, by address or `KIND:ID`: an apply compares them with what it reads. */
export const observations = z.record(z.string(), z.record(z.string(), value));
export type Observations = z.output<typeof observations>;

/** Objects of the account that are neither in the file nor in the ledger. */
const unmanaged = z.object({ kind: z.enum(resourceKinds), id: z.number(), name: z.string() });

export const plan = z.object({
  format: z.literal(PLAN_FORMAT),
  project: projectName,
  createdAt: z.iso.datetime(),
  /** The infra file and what it includes; hashes are sha256 over their bytes. */
  file: z.object({ path: z.string(), hash: z.string() }),
  account: z.object({
    id: z.number().optional(),
    projectIds: z.array(z.number()).optional(),
    endpoint: z.string(),
    balance: z.number().optional(),
  }),
  /** Selection of a partial plan; absent for a whole one. */
  selection: z.object({ only: z.array(z.string()), except: z.array(z.string()) }).optional(),
  observations,
  changes: z.array(change),
  /** Recorded state that is stale although nothing differs (null: no longer recorded): written without a provider call. */
  records: z.array(z.object({ address, entry: ledgerEntry.nullable() })),
  notes: z.array(note),
  refusals: z.array(refusal),
  /** Roubles a month by the user's price table, of what the file declares: as it is and as it would be. Absent without a table. */
  cost: z.object({ before: z.number(), after: z.number(), unknown: z.number() }).optional(),
  unmanaged: z.array(unmanaged),
  /** An action that an older plan does not know has none. */
  totals: z
    .partialRecord(action, z.number())
    .transform(
      (totals): Record<Action, number> => Object.fromEntries(actions.map((one) => [one, totals[one] ?? 0])) as Record<Action, number>,
    ),
});
export type Plan = z.output<typeof plan>;
