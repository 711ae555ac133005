// The language of a window. VS Code takes one up only when a language pack for it is installed; Microsoft's are not in the
// npm registry, so an empty pack stands in: VS Code's own texts stay English, those of extensions are in the language.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Prepares a data folder for a language; gives the arguments that the server needs for it.
 * @param {string} dataDir
 * @param {string} language
 */
export function useLanguage(dataDir, language) {
  if (language === 'en') return [];
  const data = join(dataDir, 'data');
  mkdirSync(data, { recursive: true });
  const texts = join(data, `texts-${language}.json`);
  writeFileSync(texts, JSON.stringify({ contents: {} }));
  const pack = {
    hash: 'empty',
    label: language,
    extensions: [{ extensionIdentifier: { id: 'test.texts' }, version: '1.0.0' }],
    translations: { vscode: texts },
  };
  writeFileSync(join(data, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
  return ['--locale', language];
}
