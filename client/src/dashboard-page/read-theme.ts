import type { LineColour } from '../charts/line-styles.ts';

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

/** Colours for themes that do not name theirs. */
const fallbacks: Readonly<Record<LineColour, string>> = {
  blue: '#3794ff',
  orange: '#d18616',
  green: '#388a34',
  purple: '#b180d7',
  red: '#f14c4c',
  yellow: '#cca700',
  foreground: '#888888',
  lines: '#8888aa',
};

export function readTheme(): PageTheme {
  const style = getComputedStyle(document.body);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const isHighContrast = /high-contrast/.test(document.body.className);
  const text = read('--vscode-editor-foreground', style.color);
  const colours = Object.entries(fallbacks).map(([name, fallback]) => [name, read(`--vscode-charts-${name}`, fallback)]);
  return {
    text,
    muted: isHighContrast ? text : read('--vscode-descriptionForeground', text),
    grid: isHighContrast ? read('--vscode-contrastBorder', text) : read('--vscode-editorIndentGuide-background1', 'rgba(128,128,128,.3)'),
    background: read('--vscode-editor-background', '#ffffff'),
    font: style.fontFamily,
    // The editor's own chart lines are half transparent.
    lines: { ...(Object.fromEntries(colours) as Record<LineColour, string>), lines: read('--vscode-textLink-foreground', fallbacks.lines) },
    lineWidth: isHighContrast ? 3 : 2,
    isHighContrast,
  };
}

/** Calls back after the user has chosen another theme. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}
