import type { NewEvent } from '#schemas/events/operation-event.ts';
import { toTimestamp } from '../../ports/clock.ts';
import type { DeployRun } from '../../ports/deploy-store.ts';
import type { EmitEvent } from '../../ports/event-sink.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';

/** Emits events of a deploy and keeps them for a replay, both without secrets. */
export function createMaskedEmit(context: DeployContext, { redact }: DeployPorts, run: DeployRun): EmitEvent {
  return (event) => {
    const masked = maskTexts(event, redact);
    run.appendEvent({ at: toTimestamp(context.clock), ...masked });
    context.emit(masked);
  };
}

/** The event with every text in it masked. */
const maskTexts = (event: NewEvent, redact: (text: string) => string): NewEvent => visit(event, redact) as NewEvent;

function visit(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item: unknown) => visit(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, redact)]));
}
