import type { LineColour } from '../../charts/line-styles.ts';

/** Colours and sizes of the editor's theme, for what is drawn and not styled. */
export interface PageTheme {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  readonly font: string;
  readonly lines: Readonly<Record<LineColour, string>>;
  /** CSS pixels. */
  readonly lineWidth: number;
  readonly isHighContrast: boolean;
}

/** The theme's name of each colour, and one for themes that have none. The editor's own orange and lines are half transparent. */
const colours: Readonly<Record<LineColour, readonly [variable: string, fallback: string]>> = {
  blue: ['--vscode-charts-blue', '#3794ff'],
  yellow: ['--vscode-charts-yellow', '#cca700'],
  green: ['--vscode-charts-green', '#388a34'],
  purple: ['--vscode-charts-purple', '#b180d7'],
  red: ['--vscode-charts-red', '#f14c4c'],
  foreground: ['--vscode-charts-foreground', '#888888'],
  cyan: ['--vscode-terminal-ansiCyan', '#0598bc'],
  magenta: ['--vscode-terminal-ansiMagenta', '#bc05bc'],
};

export function readTheme(): PageTheme {
  const style = getComputedStyle(document.body);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const isHighContrast = /high-contrast/.test(document.body.className);
  const text = read('--vscode-editor-foreground', style.color);
  const lines = Object.entries(colours).map(([name, [variable, fallback]]) => [name, read(variable, fallback)]);
  return {
    text,
    muted: isHighContrast ? text : read('--vscode-descriptionForeground', text),
    grid: isHighContrast ? read('--vscode-contrastBorder', text) : read('--vscode-editorIndentGuide-background1', 'rgba(128,128,128,.3)'),
    background: read('--vscode-editor-background', '#ffffff'),
    font: style.fontFamily,
    lines: Object.fromEntries(lines) as Record<LineColour, string>,
    lineWidth: isHighContrast ? 3 : 2,
    isHighContrast,
  };
}

/** Calls back after the user has chosen another theme. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}
