/** Where things are in VS Code's workbench: the only file that knows its markup. */
export const selectors = {
  workbench: '.monaco-workbench',
  editorLines: '.monaco-editor .view-lines',
  editorLine: '.monaco-editor .view-line',
  focusedEditor: '.monaco-editor.focused',
  errorSquiggle: '.squiggly-error',
  codeLens: '.codelens-decoration',
  suggestion: '.suggest-widget.visible .monaco-list-row',
  hover: '.monaco-hover',
  activity: (title: string) => `.activitybar .action-item [aria-label^="${title}"]`,
  treeRow: '.pane-body .monaco-list-row',
  problem: '.markers-panel .monaco-list-row',
  quickInput: '.quick-input-widget input',
  quickPick: '.quick-input-list .monaco-list-row',
  toast: '.notification-toast',
  statusBar: '.part.statusbar',
} as const;
