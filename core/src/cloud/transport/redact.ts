/** A JSON member whose name ends in "Password", as it is or in a JSON text inside a JSON string; group 1 is its name. */
const PASSWORD = /(\\?"\w*Password\\?"\s*:\s*)(?:\\"(?:[^"\\]|\\[^"])*\\"|"(?:[^"\\]|\\.)*"|[^,}\s]+)/gi;

/** Takes the token, and anything that looks like a server's password, out of a text that may end up in an error or a log. */
export const redact = (text: string, token: string): string => {
  const withoutToken = token === '' ? text : text.replaceAll(token, '***');
  return withoutToken.replace(PASSWORD, '$1"***"');
};
