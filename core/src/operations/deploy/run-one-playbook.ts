import type { HostStats } from '#schemas/ansible/callback-event.ts';
import type { PlaybookRecord } from '#schemas/deploy/deploy-record.ts';
import type { PlaybookRequest } from '../../ports/ansible.ts';
import type { EmitEvent } from '../../ports/event-sink.ts';
import type { PlaybookRun } from '../../engine/deploy/order-runs.ts';
import { translateEvent } from '../../engine/deploy/translate-event.ts';
import type { OperationSignals } from '../operation-context.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';

/** One playbook on those hosts that are still with it. */
export interface OnePlaybook extends Omit<PlaybookRequest, 'playbook' | 'isBundled' | 'hostCount'> {
  readonly number: number;
  readonly total: number;
  readonly playbook: PlaybookRun;
  readonly hosts: readonly string[];
}

/** Runs it and tells what happens while it happens. */
export async function runOnePlaybook(
  context: DeployContext,
  { ansible, redact }: DeployPorts,
  emit: EmitEvent,
  { number, total, playbook, hosts, ...rest }: OnePlaybook,
  signals: OperationSignals,
): Promise<PlaybookRecord> {
  const startedAt = context.clock.elapsed();
  const { label, isBundled } = playbook;
  const tags = [...new Set([...playbook.tags, ...rest.tags])];
  let stats: Record<string, HostStats> = {};
  emit({ kind: 'ansible-run-started', number, total, playbook: label, hosts: [...hosts], tags, isCheck: rest.isCheck });
  const { verdict, shellCommand } = await ansible.run(
    { ...rest, playbook: playbook.playbook, isBundled, tags, hostCount: hosts.length },
    {
      onEvent: (event) => {
        if (event.event === 'run_end') stats = event.stats;
        const translated = translateEvent(event);
        if (translated) emit(translated);
      },
      onLine: (text, stream) => emit({ kind: 'ansible-line', stream, text }),
    },
    signals,
  );
  const elapsedMs = context.clock.elapsed() - startedAt;
  emit({ kind: 'ansible-run-finished', number, playbook: label, verdict, elapsedMs, stats });
  return { playbook: label, tags, hosts: [...hosts], verdict, elapsedMs, stats, shellCommand: redact(shellCommand) };
}
