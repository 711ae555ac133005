import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { infraFile, infraFragment, type InfraFile } from '#schemas/infra/infra-file.ts';
import type { ValuePath } from '../parse/position-tree.ts';
import { parseYaml, type ParsedYaml } from '../parse/parse-yaml.ts';
import { checkHead } from '../validate/check-head.ts';
import { checkSecrets } from '../validate/check-secrets.ts';
import { explainValue } from '../validate/explain-value.ts';
import { isMapping } from '../validate/schema-kind.ts';

/** The sections of one document; each may be missing. */
export type InfraContent = { readonly [Section in keyof InfraFile]?: InfraFile[Section] | undefined };

/** One infra file or included file, as far as it can be understood. */
export interface InfraDocument {
  readonly parsed: ParsedYaml;
  /** What the schema accepts. Entries with mistakes are left out, so that one mistake does not hide the others. */
  readonly value: InfraContent;
  /** Paths of what was left out: `servers.web`, `defaults`. */
  readonly broken: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and validates one text. `role` decides which sections are allowed. */
export const readDocument = (file: string, text: string, role: 'main' | 'included'): InfraDocument =>
  judgeDocument(parseYaml(file, text), role);

/** Validates a text that is parsed already. */
export function judgeDocument(parsed: ParsedYaml, role: 'main' | 'included'): InfraDocument {
  const raw = parsed.value;
  if (raw === undefined || raw === null) return { parsed, value: {}, broken: new Set(), diagnostics: parsed.diagnostics };
  const schema = role === 'main' ? infraFile : infraFragment;
  const head = checkHead(parsed, role);
  const diagnostics = [...parsed.diagnostics, ...head.diagnostics];
  if (head.isForeign) return { parsed, value: {}, broken: new Set(), diagnostics };
  const secrets = checkSecrets(parsed);
  const result = schema.safeParse(raw);
  if (result.success) return { parsed, value: result.data, broken: new Set(), diagnostics: [...diagnostics, ...secrets] };
  const mistakes = explainValue(schema, raw, [], parsed.locate).filter((mistake) => !isSaid(mistake, secrets) && !isOfHead(mistake));
  return { parsed, ...keepSound(raw, result.error.issues), diagnostics: [...diagnostics, ...secrets, ...mistakes] };
}

/** The same place is not complained about twice: a secret is no wrong name besides. */
const isSaid = (mistake: Diagnostic, said: readonly Diagnostic[]): boolean =>
  said.some((other) => JSON.stringify(mistake.source) === JSON.stringify(other.source));

/** The head has its own messages: a missing `version` or `project`, another version. */
const isOfHead = ({ code, address }: Diagnostic): boolean =>
  (code === 'missing-key' && address === '') || (code === 'unknown-value' && address === 'version');

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
  readonly keys?: readonly string[];
}

/** Takes the entries with mistakes out and validates the rest. */
function keepSound(raw: unknown, issues: readonly Issue[]): Pick<InfraDocument, 'value' | 'broken'> {
  const broken = new Set<string>();
  if (!isMapping(raw)) return { value: {}, broken };
  const copy: Record<string, unknown> = { version: 1, project: 'project', ...raw };
  for (const { path, keys } of issues) for (const place of toPlaces(path, keys)) removeAt(copy, raw, place, broken);
  const rest = infraFile.safeParse(copy);
  return { value: rest.success ? rest.data : {}, broken };
}

/** Where an issue stands, at most two levels deep; unknown keys at the top and bad names stand one level further down. */
function toPlaces(path: readonly PropertyKey[], keys: readonly string[] = []): readonly ValuePath[] {
  const place = path.slice(0, 2).map(String);
  return place.length === 0 ? keys.map((key) => [key]) : [place];
}

const NAMED: ReadonlySet<string> = new Set(['sizes', 'ssh_keys', 'notify', 'networks', 'servers', 'groups', 'alerts', 'schedules']);

function removeAt(copy: Record<string, unknown>, raw: Readonly<Record<string, unknown>>, place: ValuePath, broken: Set<string>): void {
  const [section, name] = place as readonly [string, string | undefined];
  if (section === 'version' || section === 'project') {
    copy[section] = section === 'version' ? 1 : 'project';
    return;
  }
  const members = copy[section];
  if (name === undefined || !NAMED.has(section) || !isMapping(members)) {
    delete copy[section];
    broken.add(section);
    return;
  }
  const own: Record<string, unknown> = members === raw[section] ? { ...members } : members;
  delete own[name];
  copy[section] = own;
  broken.add(`${section}.${name}`);
}
