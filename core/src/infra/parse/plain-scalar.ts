/** Thrown inside the plain reader where a text leaves its subset; caught by it, never seen outside. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain';
}

const NUMBER = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const RARE_NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const SAFE_START = /^(?:[A-Za-z0-9_./~($+\u{400}-\u{4ff}]|-[A-Za-z0-9.])/u;

/** Value of an unquoted scalar by the core schema of YAML 1.2. Throws {@link NotPlain} for forms the subset leaves out. */
export function resolvePlainScalar(source: string): string | number | boolean | null {
  if (!SAFE_START.test(source)) throw new NotPlain();
  const code = source.charCodeAt(0);
  // Digits, signs and the dot: only these can begin a number.
  if (code < 58 && code !== 47 && code !== 36 && code !== 40) {
    if (NUMBER.test(source)) return Number(source);
    if (RARE_NUMBER.test(source)) throw new NotPlain();
    return source;
  }
  switch (source) {
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return source;
  }
}
