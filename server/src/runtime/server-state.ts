import type { RenderText } from '#core/text/render-text.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { FileReader } from '#core/ports/files.ts';
import type { LanguageRequest } from '#server/languageservice/language-request.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { Families } from '../documents/families.ts';
import type { TrackedDocument } from '../documents/tracked-document.ts';
import type { DiagnosticsFeed } from '../feeds/diagnostics-feed.ts';
import type { DiagnosticView } from '../feeds/to-lsp-diagnostic.ts';
import type { LensReminder } from './lens-reminder.ts';
import type { Session } from './session.ts';

/** What handlers share once the editor has introduced itself. */
export interface RunningServer {
  readonly session: Session;
  readonly render: RenderText;
  readonly documents: DocumentStore;
  readonly families: Families;
  readonly diagnostics: DiagnosticsFeed;
  readonly lensReminder: LensReminder;
  readonly view: DiagnosticView;
  readonly files: FileReader;
  readonly clock: Clock;
  /** What a language feature is given, for a document where it is about one. */
  createRequest(document: TrackedDocument | undefined, signal: AbortSignal): LanguageRequest;
  /** Address of what a document names, as the editor writes it; undefined when it has no place on the disk. */
  resolvePath(path: string, fromUri: string): string | undefined;
}
