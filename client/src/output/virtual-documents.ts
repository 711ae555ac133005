import { type Disposable, EventEmitter, Uri, workspace } from 'vscode';

/** Documents that show an infra file as the panel has it. */
export const PANEL_SCHEME = 'ict-panel';
/** Documents that show what an operation wrote. */
export const OUTPUT_SCHEME = 'ict-output';

type Scheme = typeof PANEL_SCHEME | typeof OUTPUT_SCHEME;

/** Texts that can be read and compared in an editor, and are nobody's file: nothing asks to save them. */
export class VirtualDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];

  constructor() {
    const provider = {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri: Uri) => this.#texts.get(uri.toString()) ?? '',
    };
    this.#subscriptions = [
      ...[PANEL_SCHEME, OUTPUT_SCHEME].map((scheme) => workspace.registerTextDocumentContentProvider(scheme, provider)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
      this.#changed,
    ];
  }

  /** Sets the text of a document and gives its address. One that is open shows the new text. */
  show(scheme: Scheme, path: string, text: string): Uri {
    const uri = Uri.file(path).with({ scheme });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
