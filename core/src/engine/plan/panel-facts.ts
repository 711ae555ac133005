import type { ResourceKind } from '#schemas/infra/names.ts';
import type { PanelFacts, Refusal, SourceRange } from '#schemas/plan/plan.ts';
import type { ActualKey, ActualNetwork, ActualServer } from '#schemas/state/actual.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { joinTexts, t, type Text, verbatim } from '#schemas/text/text.ts';

/** A remote object of any kind, as far as a deletion needs it. */
export interface Deletable {
  readonly id: number;
  readonly name: string;
  readonly ip?: string | undefined;
  readonly createdAt?: string | undefined;
}

/** What the panel shows of an object, for whoever decides about its deletion. `lastDeploy`: run of the last deploy to it. */
export const toPanelFacts = ({ id, name, ip, createdAt }: Deletable, lastDeploy?: string): PanelFacts => ({
  id,
  name,
  ...(ip === undefined ? {} : { ip }),
  ...(createdAt === undefined ? {} : { createdAt }),
  ...(lastDeploy === undefined ? {} : { lastDeploy }),
});

/** The same in a line, for people. */
export const describePanel = ({ name, id, ip, createdAt, lastDeploy }: PanelFacts): Text =>
  joinTexts([
    t('in the panel: "{0}"', name),
    t('id {0}', id),
    ...(ip === undefined ? [] : [verbatim(ip)]),
    ...(createdAt === undefined ? [] : [t('created {0}', createdAt.slice(0, 10))]),
    ...(lastDeploy === undefined ? [] : [t('last deploy {0}', lastDeploy)]),
  ]);

/** Keys have a title instead of a name. */
export const toDeletable = (kind: ResourceKind, object: ActualServer | ActualNetwork | ActualKey): Deletable =>
  kind === 'key' && 'title' in object ? { id: object.id, name: object.title } : { ...object, name: 'name' in object ? object.name : '' };

/**
 * An id alone identifies nothing: what is deleted must still have the recorded name, unless the user has confirmed the panel's, and the
 * recorded time of creation.
 */
export function checkIdentity(entry: LedgerEntry, object: Deletable, confirmedNames: readonly string[]): Refusal[] {
  const { address } = entry;
  const changed = checkCreation(entry, object);
  if (changed) return [changed];
  if (object.name === entry.name || confirmedNames.includes(object.name)) return [];
  return [
    {
      kind: 'renamed-in-panel',
      address,
      text: t(
        '{0} is recorded as "{1}", but in the panel the object with id {2} is called "{3}". To delete it anyway: --confirm {3}',
        address,
        entry.name,
        entry.id,
        object.name,
      ),
    },
  ];
}

/** Refuses an address whose recorded id now belongs to an object that was created at another time. */
export function checkCreation(entry: LedgerEntry, object: Deletable, source?: SourceRange): Refusal | undefined {
  if (isSameCreation(entry.createdAt, object.createdAt)) return undefined;
  return {
    kind: 'identity-changed',
    address: entry.address,
    text: t(
      'Id {0}, recorded for {1}, now belongs to another object: created {2} instead of {3}. It is left as it is. Check it in the panel.',
      entry.id,
      entry.address,
      object.createdAt ?? '?',
      entry.createdAt ?? '?',
    ),
    ...(source ? { source } : {}),
  };
}

/** The provider writes a time with or without an offset (API reference, section 1), so whole half hours apart may be one moment. */
const OFFSET_STEP_MS = 30 * 60_000;
const LARGEST_OFFSET_MS = 14 * 3_600_000;
/** Fractions of a second are cut in one form and rounded in the other. */
const ROUNDING_MS = 2_000;

/** Whether two times of creation can be the same one. A missing or unreadable one proves nothing against it. */
export function isSameCreation(recorded: string | undefined, seen: string | undefined): boolean {
  const [left, right] = [recorded, seen].map((text) => (text === undefined ? Number.NaN : Date.parse(hasOffset(text) ? text : `${text}Z`)));
  if (left === undefined || right === undefined || Number.isNaN(left) || Number.isNaN(right)) return true;
  const apartMs = Math.abs(left - right);
  const isBothForms = hasOffset(recorded ?? '') !== hasOffset(seen ?? '');
  if (!isBothForms) return apartMs <= ROUNDING_MS;
  const rest = apartMs % OFFSET_STEP_MS;
  return apartMs <= LARGEST_OFFSET_MS && Math.min(rest, OFFSET_STEP_MS - rest) <= ROUNDING_MS;
}

const hasOffset = (text: string): boolean => /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
