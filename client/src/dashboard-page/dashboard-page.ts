import type { RenderText } from '#core/text/render-text.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import type { DashboardMessage, DashboardServer, DashboardState, MetricPoint } from '#schemas/protocol/dashboard.ts';
import { t } from '#schemas/text/text.ts';
import { buildFigureTable, type FigureTable, rangeSeconds, thinTable } from '../charts/figure-table.ts';
import { markKinds, marksOf } from '../charts/find-marks.ts';
import type { FigureFormat } from '../charts/format-figures.ts';
import { type Chart, listCharts, pickBusiest } from '../charts/list-charts.ts';
import { toCsv } from '../charts/to-csv.ts';
import { createChartTable } from './chart-table.ts';
import { type ChartContents, type ChartView, createChartView } from './chart-view.ts';
import { describeEmptiness } from './describe-emptiness.ts';
import { drawPicture } from './draw-picture.ts';
import type { EditorApi } from './editor-api.ts';
import { element } from './elements.ts';
import { addLook } from './live-looks.ts';
import { onThemeChange, readTheme } from './read-theme.ts';
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

/** The dashboard: keeps what it was told, and draws it at most once for each picture of the screen. */
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
  #servers: readonly DashboardServer[] | undefined;
  #history: MetricsHistoryAnswer | undefined;
  #trouble = '';
  #live: ReadonlyMap<Address, readonly MetricPoint[]> = new Map();
  #drawn: { readonly chart: Chart; readonly view: ChartView }[] = [];
  #table: FigureTable | undefined;
  #isWaiting = false;
  #theme = readTheme();

  constructor(options: PageOptions) {
    this.#options = options;
    this.#state = options.state;
    const { render, root, editor, state } = options;
    const toolbar = createToolbar(state, render, {
      onRange: (range) => {
        this.#history = undefined;
        this.#change({ range });
        editor.send({ kind: 'read', range });
      },
      onTable: (isTable) => this.#change({ isTable }),
      onSaveCsv: () => this.#saveCsv(),
      onSavePng: () => this.#savePng(),
    });
    this.#title.textContent = state.target.title;
    const head = element('header', {}, this.#title, this.#status, toolbar, this.#legend, this.#marks, this.#note);
    root.replaceChildren(head, this.#charts, this.#voice);
    onThemeChange(() => {
      this.#theme = readTheme();
      this.#dropCharts();
      this.#draw();
    });
    editor.keep(state);
    editor.send({ kind: 'read', range: state.range });
    this.#draw();
  }

  take(message: Exclude<DashboardMessage, { kind: 'open' }>): void {
    switch (message.kind) {
      case 'servers':
        this.#servers = message.servers;
        break;
      case 'history':
        if (message.range !== this.#state.range) return;
        this.#trouble = '';
        this.#history = message.answer;
        this.#live = new Map(message.live.map(({ address, points }) => [address, points]));
        break;
      case 'trouble':
        this.#trouble = message.text;
        break;
      case 'live':
        this.#live = addLook(this.#live, message.address, message.point);
        this.#servers = this.#servers?.map((server) =>
          server.address === message.address ? { ...server, status: message.status } : server,
        );
        break;
      default:
        message satisfies never;
    }
    this.#draw();
  }

  #change(change: Partial<DashboardState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.editor.keep(this.#state);
    this.#draw();
  }

  /** Many looks may come at once; they are drawn together. */
  #draw(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.#drawNow();
    });
  }

  #drawNow(): void {
    const { render, format } = this.#options;
    const { range, isTable } = this.#state;
    const nowSeconds = Date.now() / 1000;
    const servers = this.#servers ?? [];
    const table = buildFigureTable({ range, nowSeconds, history: this.#history, live: this.#live });
    this.#table = table;
    const isGroup = servers.length > 1;
    const chosen = this.#chosenOf(servers, table);
    const isRead = this.#history !== undefined || this.#trouble !== '';
    const empty = describeEmptiness({ servers: this.#servers, table: isRead ? table : undefined, range, nowSeconds }, format);
    this.#note.textContent = [this.#trouble, empty ? render(empty) : ''].filter((text) => text !== '').join(' ');
    this.#drawHead(servers, chosen, isGroup);
    const marks = marksOf(
      this.#history?.marks ?? [],
      servers.map(({ address }) => address),
    ).filter(({ at }) => Date.parse(at) / 1000 >= nowSeconds - rangeSeconds[range]);
    const kinds = [...new Set(marks.map(({ kind }) => kind))];
    this.#marks.textContent = kinds.map((kind) => `${markKinds[kind].sign} ${render(markKinds[kind].name)}`).join('   ');
    const shown = servers.map((server, place) => ({ ...server, place })).filter(({ address }) => chosen.includes(address));
    const charts = listCharts(table, shown, isGroup);
    if (isTable) {
      this.#dropCharts();
      const thin = thinTable(table, TABLE_ROWS);
      this.#charts.replaceChildren(...charts.map((chart) => createChartTable(chart, thin, render, format)));
      return;
    }
    const time = { atSeconds: table.atSeconds, fromSeconds: nowSeconds - rangeSeconds[range], toSeconds: nowSeconds };
    this.#drawCharts(charts.map((chart) => ({ chart, marks, ...time })));
  }

  #chosenOf(servers: readonly DashboardServer[], table: FigureTable): readonly Address[] {
    const addresses = servers.map(({ address }) => address);
    const kept = this.#state.chosen?.filter((address) => addresses.includes(address));
    return kept ?? pickBusiest(table, addresses);
  }

  #drawHead(servers: readonly DashboardServer[], chosen: readonly Address[], isGroup: boolean): void {
    const [only] = servers;
    this.#status.textContent = !isGroup && only ? only.status : '';
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
    for (const { address, status } of servers)
      for (const place of this.#legend.querySelectorAll('[data-address]'))
        if (place.getAttribute('data-address') === address) place.textContent = status;
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
    if (this.#table) this.#options.editor.send({ kind: 'save', format: 'csv', content: toCsv(this.#table, this.#servers ?? []) });
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
