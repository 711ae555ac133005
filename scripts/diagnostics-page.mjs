// The page that explains every diagnostic code: what editors open from the code of a problem. One heading per code, so
// that `#CODE` leads there.

const words = {
  en: {
    title: 'Problems that ict finds in an infra file',
    note: 'Generated from `core/src/diagnostics/catalog` by `npm run generate`.',
    intro: '`ict explain CODE` says the same in the terminal. A code never changes its meaning.',
    error: 'error',
    warning: 'warning',
    info: 'information',
  },
  ru: {
    title: 'Проблемы, которые ict находит в инфра-файле',
    note: 'Создано из `core/src/diagnostics/catalog` командой `npm run generate`.',
    intro: '`ict explain CODE` говорит то же самое в терминале. Смысл кода никогда не меняется.',
    error: 'ошибка',
    warning: 'предупреждение',
    info: 'сведение',
  },
};

/**
 * The page in one language; `translate` takes an English message.
 * @param {Record<string, { severity: 'error' | 'warning' | 'info', summary: { text: string }, explanation: { text: string } }>} catalog
 * @param {'en' | 'ru'} language
 * @param {(message: string) => string} translate
 */
export function renderDiagnosticsPage(catalog, language, translate) {
  const text = words[language];
  const lines = [`<!-- ${text.note} -->`, `# ${text.title}`, '', text.intro, ''];
  for (const [code, { severity, summary, explanation }] of Object.entries(catalog)) {
    lines.push(`## ${code}`, '', `${translate(summary.text)} (${text[severity]}).`, '', translate(explanation.text), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
