import type { Address } from '#schemas/infra/names.ts';
import type { LiveMetricsParams, ServerNow } from '#schemas/protocol/live-metrics.ts';

/** What the client has told about servers, by infra file. Nothing is read here. */
export class MetricsValues {
  readonly #byFile = new Map<string, ReadonlyMap<Address, ServerNow>>();
  readonly #onChanged: () => void;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** Undefined for a file the client has told nothing about. */
  of(file: string): ReadonlyMap<Address, ServerNow> | undefined {
    return this.#byFile.get(file);
  }

  take({ file, servers }: LiveMetricsParams): void {
    const before = JSON.stringify([...(this.#byFile.get(file)?.values() ?? [])]);
    if (servers.length === 0) this.#byFile.delete(file);
    else this.#byFile.set(file, new Map(servers.map((server) => [server.address, server])));
    if (JSON.stringify(servers) !== before) this.#onChanged();
  }
}
