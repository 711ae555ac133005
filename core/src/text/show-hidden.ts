/**
 * What must not reach a screen as it is: control characters (C0, DEL, C1), line and paragraph separators, lone surrogates, and everything
 * Unicode calls ignorable by default: bidi controls, zero-width characters, tag characters, fillers, variation selectors; besides the
 * interlinear marks. Source: Unicode 15, DerivedCoreProperties, `Default_Ignorable_Code_Point`; UTR 36, "visual spoofing".
 * The first alternative lets the emoji selector pass behind an emoji, where it is meant for.
 */
const hidden = /\p{Extended_Pictographic}\uFE0F|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/u;
const allHidden = new RegExp(hidden, 'gu');

/** Most texts are plain ASCII; for them the large class above is not even asked. */
const plain = /^[ -~]*$/;

const named: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/**
 * A text from outside (the provider, a host, a file) the way a surface may show it: what is hidden or would steer the surface appears as
 * `\n`, `\x1b`, `\u202e`, `\u{e0041}`. The result is one line. Showing it twice changes nothing.
 */
export function showHidden(text: string): string {
  return showExcept(text, '');
}

/** The same for a text that may have several lines: line feeds stay. */
export function showHiddenInLines(text: string): string {
  return showExcept(text, '\n');
}

/** The same for text that goes to a terminal, where tabs align what programs wrote. `keep` holds the characters that stay. */
export function showExcept(text: string, keep: string): string {
  if (plain.test(text) || !hidden.test(text)) return text;
  return text.replace(allHidden, (found) => (isEmoji(found) || keep.includes(found) ? found : escapeCharacter(found)));
}

/** The first alternative of the pattern has two characters that people see as one. */
const isEmoji = (found: string): boolean => found.length > 1 && found.endsWith('\uFE0F');

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return named[character] ?? `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x1_00_00 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/**
 * A value with every text in it as {@link showHidden} shows it, keys of records too: for a view that takes values apart. The shape stays.
 * `message` templates of texts have no arguments of others in them, and their line feeds are ours, so `text` of a Text keeps its lines.
 */
export function showHiddenDeep<Value>(value: Value): Value {
  return showDeep(value, undefined, 0) as Value;
}

/** Nothing of ours is deeper; a file that says otherwise is nobody's. */
const MAX_DEPTH = 100;

function showDeep(value: unknown, key: string | undefined, depth: number): unknown {
  if (typeof value === 'string') return key === 'text' ? showHiddenInLines(value) : showHidden(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown) => showDeep(item, undefined, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [showHidden(name), showDeep(item, name, depth + 1)]));
}

/** JSON for a terminal: the same value, but what {@link showHidden} would show is written as `\uXXXX`, which JSON reads back. */
export function escapeJson(json: string): string {
  return json.replace(allHidden, (found) => {
    if (isEmoji(found) || found === '\n') return found;
    return Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  });
}
