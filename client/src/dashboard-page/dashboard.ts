import { createTextRenderer } from '#core/text/render-text.ts';
import { createFigureFormat } from '../charts/format-figures.ts';
import { DashboardPage } from './dashboard-page.ts';
import { connectEditor } from './dom/editor-api.ts';

let page: DashboardPage | undefined;
const editor = connectEditor((message) => {
  if (message.kind === 'open') {
    const { language, bundle, state } = message;
    page = new DashboardPage({
      editor,
      root: document.querySelector('main') ?? document.body,
      render: createTextRenderer(language, bundle),
      format: createFigureFormat(language),
      language,
      // What the page was left with is newer than what it was opened with.
      state: editor.state ?? state,
    });
  } else page?.take(message);
});
editor.send({ kind: 'ready' });
