import { t } from '#schemas/text/text.ts';
import type { PanelKind } from '#sandbox/panel/panel-request.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { readLedgerIds } from '../../inputs/read-project-name.ts';
import { type CliHost, UsageError } from '../../terminal/host.ts';

/** What a word on the command line means: an id, or a name in the panel. */
export interface PanelTarget {
  readonly kind: PanelKind;
  readonly target: number | string;
}

/**
 * Reads the target of a panel command: digits are an id, `server.web-1` is an address of the infra file, anything else is a name in the
 * panel. Throws `UsageError` when an address is not in the ledger.
 */
export async function readPanelTarget(host: CliHost, word: string, kind: PanelKind, file: string | undefined): Promise<PanelTarget> {
  if (/^\d{1,15}$/.test(word)) return { kind, target: Number(word) };
  const [, addressKind] = /^(server|network|key)\../.exec(word) ?? [];
  if (addressKind === undefined) return { kind, target: word };
  const ids = await readLedgerIds(host, await findInfraFile(host.io.cwd, file));
  const id = ids.get(word);
  if (id === undefined) throw new UsageError(t('{0} is not in the ledger: name the object by its id or by its name in the panel.', word));
  return { kind: kindOf(addressKind), target: id };
}

/** The id of a bare name as an address, for a server that was renamed in the panel; undefined without a file or an entry. */
export async function findByAddress(
  host: CliHost,
  { kind, target }: PanelTarget,
  file: string | undefined,
): Promise<PanelTarget | undefined> {
  if (typeof target === 'number') return undefined;
  try {
    const id = (await readLedgerIds(host, await findInfraFile(host.io.cwd, file))).get(`${kind}.${target}`);
    return id === undefined ? undefined : { kind, target: id };
  } catch (error) {
    if (file === undefined && error instanceof UsageError) return undefined;
    throw error;
  }
}

function kindOf(word: string): PanelKind {
  return word === 'network' || word === 'key' ? word : 'server';
}
