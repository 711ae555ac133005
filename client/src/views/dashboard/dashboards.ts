import { randomBytes } from 'node:crypto';
import { type Disposable, Uri, ViewColumn, type WebviewPanel } from 'vscode';
import type { DashboardState, DashboardTarget } from '#schemas/protocol/dashboard.ts';
import { t } from '#schemas/text/text.ts';
import { language } from '../../text/client-text.ts';
import { renderDashboardHtml } from './dashboard-html.ts';
import type { DashboardPanel, DashboardSources } from './dashboard-panel.ts';
import { window } from '../../text/editor-window.ts';

const VIEW_TYPE = 'ict.dashboard';
/** What a new dashboard shows. */
const FIRST_RANGE = '1h';

/** The dashboards of this window: one for each target. They come back when the window is opened again. */
export class Dashboards implements Disposable {
  readonly #sources: DashboardSources;
  readonly #extension: Uri;
  readonly #open = new Map<string, DashboardPanel>();
  readonly #serializer: Disposable;
  #count = 0;

  constructor(sources: DashboardSources, extension: Uri) {
    this.#sources = sources;
    this.#extension = extension;
    this.#serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, stored) => {
        const [{ dashboardState }, loaded] = await Promise.all([import('#schemas/protocol/dashboard.ts'), loadPanel()]);
        const { data: state } = dashboardState.safeParse(stored);
        // What an earlier version has stored and nobody understands is nothing.
        if (state) this.#fill(panel, state, loaded);
        else panel.dispose();
      },
    });
  }

  /** Opens the dashboard of a target, or shows the one there is. */
  async show(target: DashboardTarget): Promise<void> {
    const loaded = await loadPanel();
    const known = this.#open.get(keyOf(target));
    if (known) {
      known.show();
      return;
    }
    const title = this.#sources.render(t('{0}: metrics', target.title));
    const panel = window.createWebviewPanel(VIEW_TYPE, title, ViewColumn.Active, {});
    this.#fill(panel, { target, range: FIRST_RANGE, isTable: false }, loaded);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of this.#open.values()) panel.dispose();
    this.#open.clear();
  }

  #fill(panel: WebviewPanel, state: DashboardState, loaded: LoadedPanel): void {
    const folder = Uri.joinPath(this.#extension, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const iconOf = (theme: 'light' | 'dark'): Uri => Uri.joinPath(this.#extension, 'media', `cloud-${theme}.svg`);
    panel.iconPath = { light: iconOf('light'), dark: iconOf('dark') };
    webview.html = renderDashboardHtml({
      language: language(),
      title: panel.title,
      script: webview.asWebviewUri(Uri.joinPath(folder, 'dashboard.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(folder, 'dashboard.css')).toString(),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
    });
    this.#count += 1;
    const key = keyOf(state.target);
    const dashboard = new loaded.DashboardPanel(panel, this.#sources, state, `dashboard ${this.#count}`);
    this.#open.set(key, dashboard);
    panel.onDidDispose(() => {
      dashboard.dispose();
      if (this.#open.get(key) === dashboard) this.#open.delete(key);
    });
  }
}

/** Loaded with the first dashboard. */
const loadPanel = () => import('./dashboard-panel.ts');
type LoadedPanel = Awaited<ReturnType<typeof loadPanel>>;

const keyOf = ({ file, names }: DashboardTarget): string => JSON.stringify([file, names]);
