import { type Diagnostic, languages, type Uri } from 'vscode';

/** Waits until the diagnostics of a file are as they must be, and gives them. */
export function diagnosticsWhen(uri: Uri, areRight: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = languages.getDiagnostics(uri);
      if (!areRight(found)) return;
      listening.dispose();
      resolve(found);
    };
    const listening = languages.onDidChangeDiagnostics((event) => {
      if (event.uris.some((changed) => changed.toString() === uri.toString())) look();
    });
    look();
  });
}

/** The stable code of a diagnostic. */
export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
