import { showHidden } from '#core/text/show-hidden.ts';
import type { RenderText } from '#core/text/render-text.ts';
import type { DashboardMessage, DashboardServer, DashboardState } from '#schemas/protocol/dashboard.ts';
import { t } from '#schemas/text/text.ts';
import { rangeSeconds, thinTable } from '../charts/figure-table.ts';
import { markKinds } from '../charts/find-marks.ts';
import type { FigureFormat } from '../charts/format-figures.ts';
import type { Chart } from '../charts/list-charts.ts';
import { toCsv } from '../charts/to-csv.ts';
import { createChartTable } from './chart/chart-table.ts';
import { type ChartContents, type ChartView, createChartView } from './chart/chart-view.ts';
import { type DashboardContents, DashboardModel } from './dashboard-model.ts';
import { describeEmptiness } from './describe-emptiness.ts';
import { drawPicture } from './chart/draw-picture.ts';
import type { EditorApi } from './dom/editor-api.ts';
import { element } from './dom/elements.ts';
import { onThemeChange, readTheme } from './dom/read-theme.ts';
import { createServerLegend } from './server-legend.ts';
import { createToolbar } from './toolbar.ts';

/** What a page is made with. */
export interface PageOptions {
  readonly editor: EditorApi;
  readonly root: Element;
  readonly render: RenderText;
  readonly format: FigureFormat;
  readonly language: string;
  readonly state: DashboardState;
}

/** Rows of a table for reading: a screen's worth. */
const TABLE_ROWS = 24;
/** Live looks are drawn no more often than this, milliseconds. */
const LIVE_MS = 1000;
/** The history is read again this often, before the looks that are kept here run out, milliseconds. */
const READ_MS = 300_000;

/** The dashboard: draws what its model was told. */
export class DashboardPage {
  readonly #options: PageOptions;
  readonly #title = element('h1');
  readonly #status = element('p', { class: 'status' });
  readonly #note = element('p', { class: 'note', role: 'status' });
  readonly #marks = element('p', { class: 'marks' });
  readonly #legend = element('div');
  readonly #charts = element('div', { class: 'charts' });
  /** Where a chart is read aloud. */
  readonly #voice = element('p', { class: 'voice', 'aria-live': 'polite' });
  #views = new Map<string, ChartView>();
  #state: DashboardState;
  readonly #model = new DashboardModel();
  #drawn: { readonly chart: Chart; readonly view: ChartView }[] = [];
  #frame = 0;
  #isWaiting = false;
  #theme = readTheme();

  constructor(options: PageOptions) {
    this.#options = options;
    this.#state = options.state;
    const { render, root, editor, state } = options;
    const toolbar = createToolbar(state, render, {
      onRange: (range) => {
        this.#model.forgetHistory();
        this.#change({ range });
        this.#read();
      },
      onTable: (isTable) => this.#change({ isTable }),
      onSaveCsv: () => this.#saveCsv(),
      onSavePng: () => this.#savePng(),
    });
    this.#title.textContent = showHidden(state.target.title);
    const head = element('header', {}, this.#title, this.#status, toolbar, this.#legend, this.#marks, this.#note);
    root.replaceChildren(head, this.#charts, this.#voice);
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#dropCharts();
      this.#draw();
    });
    editor.keep(state);
    this.#read();
    setInterval(() => this.#read(), READ_MS);
    this.#draw();
  }

  take(message: Exclude<DashboardMessage, { kind: 'open' }>): void {
    this.#model.take(message, this.#state.range);
    if (message.kind === 'live') this.#drawSoon();
    else this.#draw();
  }

  #read(): void {
    this.#options.editor.send({ kind: 'read', range: this.#state.range });
  }

  #change(change: Partial<DashboardState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.editor.keep(this.#state);
    this.#draw();
  }

  /** Looks come all the time and are drawn together. A table that is being read stays as it is until the history is read anew. */
  #drawSoon(): void {
    if (this.#isWaiting || this.#state.isTable) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      this.#draw();
    }, LIVE_MS);
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow(): void {
    const { render, format } = this.#options;
    const { range, isTable } = this.#state;
    const nowSeconds = Date.now() / 1000;
    const contents = this.#model.contentsAt(this.#state, nowSeconds);
    const { servers, table, charts, marks, isRead, trouble } = contents;
    const empty = describeEmptiness({ servers, table: isRead ? table : undefined, range, nowSeconds }, format);
    write(this.#note, [trouble, empty ? render(empty) : ''].filter((text) => text !== '').join(' '));
    this.#drawHead(servers ?? [], contents);
    const kinds = [...new Set(marks.map(({ kind }) => kind))];
    write(this.#marks, kinds.map((kind) => `${markKinds[kind].sign} ${render(markKinds[kind].name)}`).join('   '));
    if (isTable) {
      this.#dropCharts();
      const thin = thinTable(table, TABLE_ROWS);
      this.#charts.replaceChildren(...charts.map((chart) => createChartTable(chart, thin, render, format)));
      return;
    }
    const time = { atSeconds: table.atSeconds, fromSeconds: nowSeconds - rangeSeconds[range], toSeconds: nowSeconds };
    this.#drawCharts(charts.map((chart) => ({ chart, marks, ...time })));
  }

  #drawHead(servers: readonly DashboardServer[], { chosen, isGroup }: DashboardContents): void {
    const [only] = servers;
    write(this.#status, !isGroup && only ? only.status : '');
    if (!isGroup) {
      this.#legend.replaceChildren();
      return;
    }
    const { render } = this.#options;
    // A box that has the focus must not be taken away by a look at a server.
    const key = JSON.stringify([servers.map(({ address }) => address), chosen, this.#theme]);
    if (this.#legend.dataset['key'] !== key) {
      this.#legend.dataset['key'] = key;
      const legend = createServerLegend(servers, chosen, { render, theme: this.#theme }, (next) => this.#change({ chosen: [...next] }));
      this.#legend.replaceChildren(legend);
      return;
    }
    const statuses = new Map<string, string>(servers.map(({ address, status }) => [address, status]));
    for (const place of this.#legend.querySelectorAll('[data-address]'))
      write(place, statuses.get(place.getAttribute('data-address') ?? '') ?? '');
  }

  /** Charts that are there get new values; they are made anew only when their lines are others. */
  #drawCharts(all: readonly ChartContents[]): void {
    const { render, format, language } = this.#options;
    const announce = (text: string): void => void (this.#voice.textContent = text);
    const keyOf = ({ chart }: ChartContents): string =>
      `${chart.id} ${chart.lines.map(({ address, figure }) => `${address} ${figure}`).join()}`;
    const views = new Map<string, ChartView>();
    for (const contents of all) {
      const key = keyOf(contents);
      const known = this.#views.get(key);
      known?.update(contents);
      views.set(key, known ?? createChartView(contents, { render, format, language, theme: this.#theme, announce }));
    }
    const isSame = views.size === this.#views.size && [...views.keys()].every((key) => this.#views.has(key));
    for (const [key, view] of this.#views) if (!views.has(key)) view.destroy();
    this.#views = views;
    this.#drawn = all.flatMap((contents) => {
      const view = views.get(keyOf(contents));
      return view ? [{ chart: contents.chart, view }] : [];
    });
    if (!isSame || this.#charts.childElementCount !== views.size)
      this.#charts.replaceChildren(...[...views.values()].map(({ root }) => root));
  }

  #dropCharts(): void {
    for (const view of this.#views.values()) view.destroy();
    this.#views = new Map();
    this.#drawn = [];
    this.#charts.replaceChildren();
  }

  #saveCsv(): void {
    const nowSeconds = Date.now() / 1000;
    const { servers } = this.#model.contentsAt(this.#state, nowSeconds);
    const content = toCsv(this.#model.tableOf(this.#state.range, nowSeconds), servers ?? []);
    this.#options.editor.send({ kind: 'save', format: 'csv', content });
  }

  #savePng(): void {
    const { editor, render } = this.#options;
    if (this.#drawn.length === 0) {
      this.#voice.textContent = render(t('There are no charts to save.'));
      return;
    }
    const drawn = this.#drawn.map(({ chart, view }) => ({ chart, plot: view.plot }));
    editor.send({ kind: 'save', format: 'png', content: drawPicture(this.#state.target.title, drawn, render, this.#theme) });
  }
}

/** Writes only what is new: a place that is read aloud would say it again. */
function write(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
