import type { Disposable, OutputChannel } from 'vscode';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';
import type { Operation } from '../operations/operations.ts';
import { window } from '../text/editor-window.ts';

/** The channel *1cloud: Ansible*: what Ansible writes, line by line as it comes. Made when first written to. */
export class AnsibleChannel implements Disposable {
  readonly #render: RenderText;
  #channel: OutputChannel | undefined;

  constructor(render: RenderText) {
    this.#render = render;
  }

  take({ title }: Operation, event: OperationEvent): void {
    if (event.kind === 'ansible-line') this.#open().appendLine(event.text);
    if (event.kind === 'ansible-run-started')
      this.#open().appendLine(
        this.#render(t('── {0}: {1} ({2} of {3}) on {4}', title, event.playbook, event.number, event.total, event.hosts.join(', '))),
      );
  }

  show(): void {
    this.#open().show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): OutputChannel {
    return (this.#channel ??= window.createOutputChannel('1cloud: Ansible', 'ansible-output'));
  }
}
