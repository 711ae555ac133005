import { isAbsolute } from 'node:path';
import { DiagnosticRefreshRequest, type Connection, type InitializeParams } from 'vscode-languageserver';
import { VALUES_CHANGED_METHOD } from '#schemas/protocol/methods.ts';
import type { ValuesChangedParams } from '#schemas/protocol/values.ts';
import { createDocumentFiles, isOnDisk, placesOf, toPath, toUri, type Workspace } from '../documents/document-paths.ts';
import { DiskDocuments } from '../documents/disk-documents.ts';
import { DocumentStore } from '../documents/document-store.ts';
import { Families } from '../documents/families.ts';
import { DiagnosticsFeed, type Publication } from '../feeds/diagnostics-feed.ts';
import { judgeDocument, type JudgeOptions } from '../feeds/judge-document.ts';
import { LiveDiagnostics } from '../feeds/live-diagnostics.ts';
import { toLspDiagnostic, type DiagnosticView } from '../feeds/to-lsp-diagnostic.ts';
import { CloudValues } from '../values/cloud-values.ts';
import { rememberFolders } from '../values/folder-values.ts';
import { createKnownValues } from '../values/known-values-source.ts';
import { MetricsValues } from '../values/metrics-values.ts';
import { PriceValues } from '../values/price-values.ts';
import { ResultValues } from '../values/result-values.ts';
import { LensReminder } from './lens-reminder.ts';
import { showAnswer } from '../connection/show-answer.ts';
import { refreshEditor } from '../connection/refresh-editor.ts';
import { sendSafely } from '../connection/send-safely.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { RunningServer } from './server-state.ts';
import { createSession } from './session.ts';
import type { ExternalChanges } from './external-changes.ts';

/** A server whose editor has introduced itself. */
export interface Running {
  readonly server: RunningServer;
  readonly external: ExternalChanges;
  readonly cloud: CloudValues;
  readonly metrics: MetricsValues;
  readonly results: ResultValues;
  dispose(): void;
}

/** Wires documents, values and diagnostics for one editor. */
export async function startRunning(
  connection: Connection,
  ports: ServerPorts,
  params: InitializeParams,
  onFailed: (what: string, error: unknown) => void,
): Promise<Running> {
  const { clock, timers } = ports;
  const session = await createSession(params, ports.loadRussian);
  const { capabilities, options, render } = session;
  const documents = new DocumentStore();
  const workspace: Workspace = {
    folders: () => {
      const folders = session.folders.map(toPath).filter(isOnDisk);
      // Without a folder the user has opened single files: what lies beside them is theirs.
      return folders.length > 0 ? folders : documents.folders;
    },
    isTrusted: options.trusted,
  };
  const files = createDocumentFiles(ports.files, workspace);
  const listFolder = rememberFolders((path) => ports.listFolder(path, placesOf(workspace)), clock);
  const disk = new DiskDocuments(files, clock);
  const families = new Families({ documents, disk, files, listFolder });
  const view: DiagnosticView = {
    render,
    capabilities,
    toUri: (path) => documents.getByPath(path)?.uri ?? toUri(path),
    page: ports.codePage(session.language),
  };

  const tell = (kinds: ValuesChangedParams['kinds']): void => {
    const params: ValuesChangedParams = { kinds };
    if (options.notifyValues) sendSafely(() => connection.sendNotification(VALUES_CHANGED_METHOD, params));
    // Lenses tell of the last operations, hints of the account and of prices.
    refreshEditor(connection, capabilities, kinds.includes('results') ? ['lenses'] : ['hints']);
  };
  const cloud = new CloudValues({
    open: ports.openCloud,
    clock,
    timers,
    isAllowed: () => options.trusted && session.settings.liveValues && documents.all.length > 0,
    onChanged: () => {
      tell(['cloud']);
      diagnostics.refresh(false);
    },
    onFailed: (error) => onFailed('reading the account', error),
  });
  const results = new ResultValues({ read: ports.readHistory, clock, timers, onChanged: () => tell(['results']) });
  const prices = new PriceValues({ files, overlay: documents.overlay, clock });
  const metrics = new MetricsValues(() => {
    if (session.settings.liveMetrics) refreshEditor(connection, capabilities, ['hints']);
  });
  const judging: JudgeOptions = {
    files,
    overlay: documents.overlay,
    clock,
    families,
    cloud,
    prices,
    live: new LiveDiagnostics(),
    onPrices: () => tell(['prices']),
  };
  const publish = ({ uri, version, problems }: Publication): void => {
    const shown = problems.slice(0, session.settings.maxProblems).map((item) => toLspDiagnostic(item, view));
    sendSafely(() => connection.sendDiagnostics({ uri, ...(version === undefined ? {} : { version }), diagnostics: showAnswer(shown) }));
  };
  const diagnostics: DiagnosticsFeed = new DiagnosticsFeed({
    documents,
    clock,
    timers,
    publish,
    includersOf: (document) => families.includersOf(document),
    judge: (document, forget) => judgeDocument(judging, document, forget),
    isPulled: () => capabilities.pullsDiagnostics,
    askToPull: () => {
      if (capabilities.refresh.diagnostics) sendSafely(() => connection.sendRequest(DiagnosticRefreshRequest.type));
    },
    onFailed: (document, error) => onFailed(`diagnostics of ${document.uri}`, error),
  });

  const lensReminder = new LensReminder(
    timers,
    capabilities.refresh.codeLens ? () => refreshEditor(connection, capabilities, ['lenses']) : undefined,
  );
  const external: ExternalChanges = {
    isWatching: () => {
      disk.isWatched = true;
    },
    setSettings: (settings) => {
      if (JSON.stringify(settings) === JSON.stringify(session.settings)) return;
      session.settings = settings;
      if (!settings.liveValues) cloud.forget();
      refreshEditor(connection, capabilities, ['lenses', 'hints']);
      diagnostics.refresh(false);
    },
    filesChanged: (paths) => {
      // A save of what is open changes nothing: the editor's text counts already.
      if (paths.length > 0 && paths.every((path) => documents.getByPath(path))) return;
      for (const path of paths) disk.forget(path);
      // What tells of it asks the editor when there is something to tell.
      if (paths.length === 0 || paths.some(isHistory)) results.renew();
      prices.expire();
      families.expire();
      if (paths.length === 0 || !paths.every(isHistory)) diagnostics.refresh(true);
    },
  };
  const server: RunningServer = {
    session,
    render,
    documents,
    families,
    diagnostics,
    lensReminder,
    view,
    files,
    clock,
    createRequest: (document, signal) => ({
      render,
      language: session.language,
      editor: capabilities.editor,
      signal,
      values: createKnownValues(
        { cloud, results, prices, metrics: session.settings.liveMetrics ? metrics : undefined, listFolder, files },
        document,
      ),
      now: clock.now(),
      elapsed: clock.elapsed(),
    }),
    resolvePath: (path, fromUri) => {
      const resolved = files.resolve(path, toPath(fromUri));
      return isAbsolute(resolved) ? view.toUri(resolved) : undefined;
    },
  };
  const dispose = (): void => {
    diagnostics.dispose();
    lensReminder.dispose();
    cloud.close();
  };
  return { server, external, cloud, metrics, results, dispose };
}

/** A record of a finished run; see `toProjectPaths` of core/storage. */
const isHistory = (path: string): boolean => /[\\/]\.ict[\\/][^\\/]+[\\/](?:history|deploys)[\\/]/.test(path);
