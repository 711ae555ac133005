import type { InitializeParams } from 'vscode-languageserver';
import { createTextRenderer, pickLanguage, type Bundle, type Language, type RenderText } from '#core/text/render-text.ts';
import { editorSettings, initOptions, type EditorSettings, type InitOptions } from '#schemas/protocol/editor-options.ts';
import { readCapabilities, type EditorCapabilities } from '../ports/editor-capabilities.ts';

/** What is known about the editor and its user. */
export interface Session {
  readonly language: Language;
  readonly render: RenderText;
  readonly capabilities: EditorCapabilities;
  readonly options: InitOptions;
  /** Replaced whole when the user changes a setting. */
  settings: EditorSettings;
  /** Addresses of the workspace's folders, in the editor's order. */
  folders: readonly string[];
}

/** Everything of `initialize`; what another editor may send wrong counts as left out. */
export async function createSession(
  params: Pick<InitializeParams, 'capabilities' | 'locale' | 'initializationOptions' | 'workspaceFolders' | 'rootUri'>,
  loadRussian: () => Promise<Bundle>,
): Promise<Session> {
  const language = pickLanguage(params.locale);
  const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri === null ? [] : [params.rootUri]);
  const options = initOptions.parse(isRecord(params.initializationOptions) ? params.initializationOptions : {});
  return {
    language,
    render: createTextRenderer(language, language === 'ru' ? await loadRussian() : {}),
    capabilities: readCapabilities(params.capabilities, options),
    options,
    settings: readEditorSettings(undefined),
    folders,
  };
}

/** The settings in a value of the editor's, which may be anything. */
export const readEditorSettings = (value: unknown): EditorSettings => editorSettings.parse(isRecord(value) ? value : {});

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
