import { EventEmitter, type Event } from 'vscode';
import type { Address } from '#schemas/infra/names.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { MetricPoint } from '#schemas/protocol/dashboard.ts';
import { toPoint } from '../charts/to-point.ts';

/** What is known of one server's metrics. */
export interface ServerMetrics {
  readonly newest: MetricsEvent;
  /** When the newest came, by the monotonic clock of {@link MetricsStore}. */
  readonly takenMs: number;
  /** The last looks, oldest first. */
  readonly looks: readonly MetricPoint[];
  /** Whether it has answered since the window was opened: an agent that is gone differs from one that never was. */
  readonly wasLive: boolean;
}

/** Looks kept of each server: five minutes at the usual five seconds. */
export const MOST_LOOKS = 60;

/** A server whose metrics have changed. */
export interface MetricsChange {
  readonly file: string;
  readonly address: Address;
}

/** The newest figures and the last looks of every server of the workspace, in memory alone. */
export class MetricsStore {
  readonly #changed = new EventEmitter<MetricsChange>();
  readonly #byFile = new Map<string, Map<Address, ServerMetrics>>();

  readonly #elapsed: () => number;

  /** `elapsed`: a monotonic clock, milliseconds; by default that of this process. */
  constructor(elapsed: () => number = () => performance.now()) {
    this.#elapsed = elapsed;
  }

  /** Fires for one server at a time. */
  readonly onDidChange: Event<MetricsChange> = this.#changed.event;

  of(file: string, address: Address): ServerMetrics | undefined {
    return this.#byFile.get(file)?.get(address);
  }

  /** How long nothing has come from a server, milliseconds: the stamps of events are of a clock that may be set at any time. */
  ageOf({ takenMs }: ServerMetrics): number {
    return this.#elapsed() - takenMs;
  }

  take(file: string, event: MetricsEvent): void {
    const { address } = event;
    const servers = this.#byFile.get(file) ?? new Map<Address, ServerMetrics>();
    this.#byFile.set(file, servers);
    const before = servers.get(address);
    servers.set(address, {
      newest: event,
      takenMs: this.#elapsed(),
      looks: [...(before?.looks ?? []).slice(1 - MOST_LOOKS), toPoint(event)],
      wasLive: event.state === 'live' || before?.wasLive === true,
    });
    this.#changed.fire({ file, address });
  }

  /** Forgets servers that the project has no more. */
  keepOnly(file: string, addresses: Iterable<Address>): void {
    const kept = new Set(addresses);
    for (const address of this.#byFile.get(file)?.keys() ?? []) if (!kept.has(address)) this.#byFile.get(file)?.delete(address);
  }

  /** Forgets a file, as when it is gone or belongs to another account now. */
  forget(file: string): void {
    this.#byFile.delete(file);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
