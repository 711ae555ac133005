// Who reads YAML's letters. The house wants one reader; this is the list of today, and the rule that finds those it does not name.

/**
 * Way of reading → the modules in which it is written. The library itself (`yaml`) is a reader of its own: what turns its documents
 * into ours belongs to it.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const yamlReaders = {
  'the library and its conversion': ['core/src/infra/parse/read-full-yaml.ts', 'core/src/infra/parse/convert-document.ts'],
  'the plain subset in one pass': [
    'core/src/infra/parse/read-plain-yaml.ts',
    'core/src/infra/parse/line-cursor.ts',
    'core/src/infra/parse/plain-scalar.ts',
  ],
  'lines for the formatter': [
    'core/src/infra/format/split-line.ts',
    'core/src/infra/format/format-lines.ts',
    'core/src/infra/format/format-flow.ts',
  ],
  'the outline': ['server/src/languageservice/document/scan-outline.ts', 'server/src/languageservice/document/scan-scalar.ts'],
  'the cursor': ['server/src/languageservice/cursor/scan-block.ts', 'server/src/languageservice/cursor/scan-flow.ts'],
};

/** Modules with a pattern that looks like a key and reads something else. */
const others = new Set([
  'core/src/cloud/transport/redact.ts',
  'core/src/infra/validate/looks-like-secret.ts',
  'core/src/ansible/run/run-playbook.ts',
]);

/** A regular expression in which a key ends: `\s*:`, ` *:` or `:(?=\s`. */
const keyPattern = /\/[^/\n]*(?:\\s\*:| \*:|:\(\?[=:]\\s)[^\n]*\//;

/**
 * Ways of reading YAML that are there, and modules beside them that know a key by its letters.
 * @param {readonly import('./modules.mjs').Module[]} modules
 */
export function findYamlReaders(modules) {
  const files = new Set(modules.map(({ file }) => file));
  const named = new Set(Object.values(yamlReaders).flat());
  return {
    ways: Object.keys(yamlReaders).filter((way) => yamlReaders[way]?.some((file) => files.has(file))),
    beside: modules
      .filter(({ file, kind, text }) => kind === 'source' && !named.has(file) && !others.has(file) && keyPattern.test(text))
      .map(({ file }) => file),
  };
}
