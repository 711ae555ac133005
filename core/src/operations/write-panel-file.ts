import type { Address } from '#schemas/infra/names.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import type { FileEdit, PanelFile } from '#schemas/plan/panel-file.ts';
import type { FieldValue } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ExpandedEntry, ExpandedInfra } from '../infra/expand/expanded-infra.ts';
import { readInfraFile } from '../infra/read-infra-file.ts';
import { resolveInfra } from '../infra/resolve/resolve-infra.ts';
import { applyEdits } from '../infra/write/apply-edits.ts';
import { formatPanelValue } from '../infra/write/format-panel-value.ts';
import { type Member, placeMembers } from '../infra/write/place-members.ts';
import { type FilePlanRequest, type MadePlan, planFile } from './make-plan.ts';
import type { OperationContext } from './operation-context.ts';

/** Values of the panel for one entry: its servers agree on each. */
interface EntryValues {
  readonly entry: ExpandedEntry;
  readonly members: readonly Member[];
}

type Skipped = PanelFile['skipped'][number];

/**
 * The infra file as the panel has it: the values that differ stand in the entries of their servers; comments, layout and
 * everything else stay. Writes nothing. Each edit has been proven by reading the edited text. Servers that are only in
 * the account, and those that are only in the file, are left alone. Throws as `makePlan`.
 */
export async function writePanelFile(
  context: OperationContext,
  request: FilePlanRequest,
  signal: AbortSignal,
): Promise<PanelFile | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }> {
  const made = await planFile(context, request, signal);
  if (made.kind === 'invalid') return made;
  const { value: infra, diagnostics } = await readInfraFile(context.files, request.file);
  if (!infra) return { kind: 'invalid', diagnostics };
  const { values, skipped } = collectValues(made, infra);
  const placed = values.map(({ entry, members }) => ({ entry, members, ...placeMembers(infra, entry, members) }));
  const kept: FileEdit[] = [];
  for (const { entry, members, edits, unplaced } of placed) {
    const written = members.filter(([field]) => !unplaced.includes(field));
    const isProven = await proves(context, made, infra, entry, edits, written);
    if (isProven) kept.push(...edits);
    for (const [field] of isProven ? members.filter(([name]) => unplaced.includes(name)) : members)
      skipped.push(skip(addressOf(made, entry), field));
  }
  const main = infra.files.find(({ path }) => path === infra.file);
  const text = applyEdits(
    main?.text ?? '',
    kept.filter(({ file }) => file === infra.file),
  );
  return { file: request.file, text, edits: kept, skipped };
}

function collectValues(made: MadePlan, infra: ExpandedInfra): { readonly values: readonly EntryValues[]; readonly skipped: Skipped[] } {
  const { plan, desired } = made;
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  const skipped: Skipped[] = [];
  const values = infra.entries.flatMap((entry): readonly EntryValues[] => {
    const servers = desired.servers.filter((server) => server.entry === entry.name && changes.get(server.address)?.remoteId !== undefined);
    const fields = new Set(servers.flatMap(({ address }) => changes.get(address)?.fields ?? []).map(({ field }) => field));
    const members = [...fields].flatMap((field): readonly Member[] => {
      // A server without that difference has what the file says.
      const found = servers.map(({ address }) => changes.get(address)?.fields.find((change) => change.field === field)?.actual);
      const [first] = found;
      const isCommon = first !== undefined && found.every((value) => String(value) === String(first));
      const code = isCommon ? codeOf(field, first, made) : undefined;
      if (code !== undefined) return [[field, code]];
      skipped.push(skip(addressOf(made, entry), field));
      return [];
    });
    return members.length > 0 ? [{ entry, members }] : [];
  });
  return { values, skipped };
}

/** Networks by name; one that the file does not declare cannot be written. */
function codeOf(field: string, value: FieldValue, { actual, desired }: MadePlan): string | undefined {
  if (field !== 'networks') return formatPanelValue(field, value, actual.catalog);
  const known = new Set<string>(desired.networks.map(({ address }) => address));
  if (!Array.isArray(value) || value.some((network) => !known.has(network))) return undefined;
  return `[${value.map((network) => splitAddress(network as Address).name).join(', ')}]`;
}

const addressOf = ({ desired }: MadePlan, { name }: ExpandedEntry): Address =>
  desired.servers.find(({ entry }) => entry === name)?.address ?? `server.${name}`;

const skip = (address: Address, field: string): Skipped => ({
  address,
  field,
  text: t(
    '`{0}` of {1} cannot be written into the file by itself: the servers of its entry differ, or the line stands for more.',
    field,
    address,
  ),
});

/** Reads the edited text: the servers of the entry must then be as the panel has them, and everything else as before. */
async function proves(
  context: OperationContext,
  made: MadePlan,
  infra: ExpandedInfra,
  entry: ExpandedEntry,
  edits: readonly FileEdit[],
  members: readonly Member[],
): Promise<boolean> {
  const texts = new Map(
    infra.files.map(({ path, text }) => [
      path,
      applyEdits(
        text,
        edits.filter(({ file }) => file === path),
      ),
    ]),
  );
  const edited = await readInfraFile(context.files, infra.file, (path) => texts.get(path));
  const resolved = edited.value && resolveInfra(edited.value, made.actual.catalog).value;
  if (!resolved) return false;
  const written = new Set(members.map(([field]) => field));
  const fieldNames = { ramMb: 'ram', diskGb: 'disk', diskType: 'disk_type' } as const;
  const changes = new Map(made.plan.changes.map((change) => [change.address, change]));
  return made.desired.servers.every((before) => {
    const after = resolved.servers.find(({ address }) => address === before.address);
    if (!after) return false;
    return Object.entries(before.values).every(([key, value]) => {
      const field = Object.hasOwn(fieldNames, key) ? fieldNames[key as keyof typeof fieldNames] : key;
      const change = changes.get(before.address)?.fields.find((one) => one.field === field);
      const expected = before.entry === entry.name && written.has(field) && change?.actual !== undefined ? change.actual : value;
      return String(after.values[key as keyof typeof after.values]) === String(expected);
    });
  });
}
