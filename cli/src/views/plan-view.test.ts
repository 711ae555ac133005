import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { buildPlan } from '#core/engine/plan/build-plan.ts';
import { createTextRenderer } from '#core/text/render-text.ts';
import {
  actualNetwork,
  actualServer,
  actualState,
  desiredNetwork,
  desiredServer,
  desiredState,
  ledgerOf,
  networkEntry,
  planInput,
  serverEntry,
} from '#test/helpers/samples.ts';
import { renderPlan } from './plan-view.ts';

const options = { render: createTextRenderer('en'), style: pc.createColors(false), isFull: false };

const plan = buildPlan(
  planInput({
    desired: desiredState({
      networks: [desiredNetwork('back')],
      servers: [
        desiredServer('new', { networks: ['network.back'], power: 'off' }),
        desiredServer('grown', { ramMb: 1536, diskGb: 20 }),
        desiredServer('moved', { dc: 'DsMsk' }),
        desiredServer('found'),
        desiredServer('same'),
      ],
    }),
    actual: actualState({
      networks: [actualNetwork(5, 'back')],
      servers: [
        actualServer(1, 'grown'),
        actualServer(2, 'moved'),
        actualServer(3, 'found'),
        actualServer(4, 'same'),
        actualServer(6, 'old'),
        actualServer(7, 'stranger'),
        actualServer(8, 'stranger2'),
      ],
    }),
    ledger: ledgerOf(
      networkEntry(5, 'back'),
      serverEntry(1, 'grown', { ramMb: 1536 }),
      serverEntry(2, 'moved'),
      serverEntry(4, 'same'),
      serverEntry(6, 'old'),
    ),
    policy: { allowReplace: ['moved'], allowDeletes: 2 },
  }),
);

describe('renderPlan', () => {
  test('summary first and last, between them only what changes', () => {
    expect(renderPlan(plan, options)).toBe(`Plan for shop · api.test
Changes: 1 to create, 1 to adopt, 1 to update, 1 to replace, 1 to delete, 1 reboot.

  + server.new · create · 1 core, 1 GB, 10 GB SSD, Ubuntu20.04x64, SdnSpb, back, powered off
  ~ server.grown · update · reboots  (changed in the file; changed in the panel since the last apply)
      ram   1 GB → 1536 MB  panel: changed in the panel, recorded 1536 MB
      disk  10 GB → 20 GB  file: changed in the file
-/+ server.moved · replace · goes down, new address, data is lost, cannot be undone  (dc cannot be changed on an existing server)
      in the panel: "moved", id 2
      dc  SdnSpb → DsMsk  file: changed in the file
  > server.found · adopt  (it exists and matches the file; it is adopted as it is)
  - server.old · delete · data is lost, cannot be undone  (no longer in the file)
      in the panel: "old", id 6

Not in the file, not touched: 2 servers.

Changes: 1 to create, 1 to adopt, 1 to update, 1 to replace, 1 to delete, 1 reboot.
`);
  });

  test('--full shows the rest', () => {
    const text = renderPlan(plan, { ...options, isFull: true });
    expect(text).toContain('server.same · no change');
    expect(text).toMatch(/server\.new · create .*\n {6}dc {9}SdnSpb\n/);
    expect(text).toContain('server.stranger (7)');
  });

  test('nothing to do is one line', () => {
    expect(renderPlan(buildPlan(planInput()), options)).toBe('Plan for shop · api.test\nNo changes: the panel is equal to the file.\n');
  });

  test('refusals and warnings stand before the last summary', () => {
    const refused = buildPlan(
      planInput({
        actual: actualState({ servers: [actualServer(1, 'db')] }),
        ledger: ledgerOf(serverEntry(1, 'db', {}, { protect: true })),
      }),
    );
    expect(renderPlan(refused, options)).toMatch(/Apply will skip\n {2}x server\.db is protected/);
  });

  test('colours are an addition only', () => {
    const coloured = renderPlan(plan, { ...options, style: pc.createColors(true) });
    expect(coloured).toContain('\u001b[');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderPlan(plan, options));
  });
});
