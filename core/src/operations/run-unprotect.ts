import type { Address } from '#schemas/infra/names.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { OperationContext } from './operation-context.ts';
import { withProject } from './open-project.ts';

export type UnprotectResult =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  | { readonly kind: 'not-protected' }
  | { readonly kind: 'done' };

/** Lifts the recorded protection of one address: the only way to do so. `protect: true` in the file still holds. */
export function runUnprotect(context: OperationContext, file: string, address: Address): Promise<UnprotectResult> {
  return withProject(context, file, async ({ store }): Promise<UnprotectResult> => {
    const ledger = await store.readLedger();
    const entry = ledger.entries[address];
    if (!entry) return { kind: 'unknown', known: Object.keys(ledger.entries) };
    if (!entry.protect) return { kind: 'not-protected' };
    await store.writeLedger({ ...ledger, entries: { ...ledger.entries, [address]: { ...entry, protect: false } } });
    return { kind: 'done' };
  });
}
