import { env, l10n } from 'vscode';
import { createTextRenderer, type Language, pickLanguage, type RenderText } from '#core/text/render-text.ts';

/** Language of the editor, as far as we speak it. */
export const language = (): Language => pickLanguage(env.language);

/** Renders our texts in the editor's language; VS Code has loaded the bundle for it. */
export const createClientRenderer = (): RenderText => createTextRenderer(language(), l10n.bundle ?? {});
