import { dirname, join } from 'node:path';
import { l10n, Uri, type WebviewPanel, workspace } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import { showHidden, showHiddenInLines } from '#core/text/show-hidden.ts';
import type { ProjectView, ServerView } from '#schemas/events/watch-event.ts';
import {
  type DashboardMessage,
  type DashboardRange,
  type DashboardRequest,
  dashboardRequest,
  type DashboardServer,
  type DashboardState,
  type DashboardTarget,
} from '#schemas/protocol/dashboard.ts';
import { t } from '#schemas/text/text.ts';
import type { FigureFormat } from '../../charts/format-figures.ts';
import { describeMetrics } from '../../metrics/describe-metrics.ts';
import type { MetricsChange, MetricsStore } from '../../metrics/metrics-store.ts';
import type { Cli } from '../../operations/cli.ts';
import type { ProjectFeed } from '../../project/project-feed.ts';
import { language } from '../../text/client-text.ts';
import { window } from '../../text/editor-window.ts';
import { stateTexts } from '../servers/server-nodes.ts';
import { readHistory } from './read-history.ts';

/** Where a dashboard's figures come from, and what they are told in. */
export interface DashboardSources {
  readonly cli: Pick<Cli, 'run'>;
  readonly feed: ProjectFeed;
  readonly metrics: MetricsStore;
  readonly render: RenderText;
  readonly format: FigureFormat;
  readonly onError: (error: unknown) => void;
}

/**
 * One dashboard: speaks with its page. While the page can be seen it counts as somebody who looks; hidden, the editor throws
 * the page away and nothing is asked for it.
 */
export class DashboardPanel {
  readonly #panel: WebviewPanel;
  readonly #sources: DashboardSources;
  readonly #viewer: string;
  readonly #subscriptions: readonly { dispose(): void }[];
  #state: DashboardState;
  #reading: AbortController | undefined;
  #told = '';

  constructor(panel: WebviewPanel, sources: DashboardSources, state: DashboardState, viewer: string) {
    this.#panel = panel;
    this.#sources = sources;
    this.#state = state;
    this.#viewer = viewer;
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#look()),
      sources.feed.onDidChange(() => this.#tellServers()),
      sources.metrics.onDidChange((change) => this.#tellLook(change)),
    ];
    this.#look();
  }

  get target(): DashboardTarget {
    return this.#state.target;
  }

  show(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#reading?.abort();
    this.#sources.feed.setViewer(this.#viewer, undefined);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(): void {
    const { visible } = this.#panel;
    this.#sources.feed.setViewer(this.#viewer, visible ? { file: this.target.file, withMetrics: true } : undefined);
    if (!visible) this.#reading?.abort();
  }

  #receive(message: unknown): void {
    // What our own page sends is right; anything else is passed over.
    const { data: request } = dashboardRequest.safeParse(message);
    if (!request) return;
    switch (request.kind) {
      case 'ready':
        this.#told = '';
        this.#send({ kind: 'open', language: language(), bundle: l10n.bundle ?? {}, state: this.#state });
        this.#tellServers();
        return;
      case 'read':
        this.#state = { ...this.#state, range: request.range };
        this.#read(request.range).catch(this.#sources.onError);
        return;
      case 'save':
        saveExport(request, this.target, this.#sources.render).catch(this.#sources.onError);
        return;
      default:
        request satisfies never;
    }
  }

  /** Reads the history for the page; a newer question ends an older one. */
  async #read(range: DashboardRange): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const result = await readHistory(this.#sources.cli, this.target, { range, servers: this.#servers().length }, reading.signal).catch(
      (error: unknown) => {
        if (!reading.signal.aborted) throw error;
        return undefined;
      },
    );
    if (!result || reading.signal.aborted) return;
    if (result.kind === 'trouble') {
      this.#send({ kind: 'trouble', range, text: showHiddenInLines(this.#sources.render(result.text)) });
      return;
    }
    const live = this.#servers().flatMap(({ address }) => {
      const points = this.#sources.metrics.of(this.target.file, address)?.looks;
      return points ? [{ address, points: [...points] }] : [];
    });
    this.#send({ kind: 'history', range, answer: result.answer, live });
  }

  #servers(): readonly ServerView[] {
    const view = this.#sources.feed.projects.find(({ file }) => file === this.target.file)?.view;
    return view ? selectServers(view, this.target) : [];
  }

  #tellServers(): void {
    const isKnown = this.#sources.feed.projects.some(({ file, view }) => file === this.target.file && view !== undefined);
    const servers = isKnown ? this.#servers().map((server) => this.#toServer(server)) : undefined;
    // The feed tells of more than of ours.
    const text = JSON.stringify(servers ?? null);
    if (text === this.#told) return;
    this.#told = text;
    this.#send({ kind: 'servers', ...(servers ? { servers } : {}) });
  }

  #toServer(server: ServerView): DashboardServer {
    return { address: server.address, name: showHidden(server.name), status: this.#statusOf(server) };
  }

  #statusOf({ address, state }: ServerView): string {
    const { metrics, format, render } = this.#sources;
    if (state !== 'running') return render(stateTexts[state]);
    const known = metrics.of(this.target.file, address);
    const { shown } = describeMetrics(known, format, { ageMs: known ? metrics.ageOf(known) : 0, nowMs: Date.now() });
    return shown.map(render).join(' · ');
  }

  #tellLook({ file, address }: MetricsChange): void {
    if (file !== this.target.file || !this.#panel.visible) return;
    const server = this.#servers().find((one) => one.address === address);
    const point = this.#sources.metrics.of(file, address)?.looks.at(-1);
    if (server && point) this.#send({ kind: 'live', address, point, status: this.#statusOf(server) });
  }

  #send(message: DashboardMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's own function, which has none
    if (this.#panel.visible) void this.#panel.webview.postMessage(message);
  }
}

/** Servers of the project that a dashboard is about: those in the account, in the order of the file. */
export function selectServers({ servers, groups }: ProjectView, { names }: DashboardTarget): readonly ServerView[] {
  const there = servers.filter(({ live }) => live !== undefined);
  if (!names) return there;
  const wanted = new Set<string>(names);
  for (const { name, servers: members } of groups) if (wanted.has(name)) for (const address of members) wanted.add(address);
  return there.filter(({ address, entry }) => wanted.has(address) || (entry !== undefined && wanted.has(entry)));
}

type Export = Extract<DashboardRequest, { kind: 'save' }>;

const filters: Readonly<Record<Export['format'], string>> = { csv: 'CSV', png: 'PNG' };

/** Asks where to keep a table or a picture, and writes it there. Nothing is written when the user closes the dialog. */
async function saveExport({ format, content }: Export, { file, title }: DashboardTarget, render: RenderText): Promise<void> {
  const name = `${title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${format}`;
  const chosen = await window.showSaveDialog({
    defaultUri: Uri.file(join(dirname(file), name)),
    filters: { [filters[format]]: [format] },
    title: render(t('Save what the dashboard shows')),
  });
  if (!chosen) return;
  await workspace.fs.writeFile(chosen, Buffer.from(content, format === 'png' ? 'base64' : 'utf8'));
  void window.showInformationMessage(render(t('Saved: {0}', chosen.fsPath)));
}
