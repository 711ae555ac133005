/** Shapes of tokens and keys that we know. The lengths keep ordinary words and file names out. */
const shapes: readonly RegExp[] = [
  // A token of the provider's API, or any other key of 256 bits.
  /^[0-9a-f]{64}$/i,
  // A Telegram bot.
  /(?:^|[^\w-])(?:bot)?\d{8,10}:[\w-]{35}(?![\w-])/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI-like.
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}/,
  /\bgithub_pat_\w{40,}/,
  /\bglpat-[\w-]{20,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  /\bAIza[\w-]{35}/,
  // A JSON web token.
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  // A password within an address. A variable (`{{ name }}`) is none.
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:(?!\{\{)[^/\s@]+@/i,
];

const SHORTEST = 12;

/** Whether a text has the shape of a token, password or private key. Text locked by Ansible vault is no secret. */
export const looksLikeSecret = (text: string): boolean =>
  text.length >= SHORTEST && !text.startsWith('$ANSIBLE_VAULT;') && shapes.some((shape) => shape.test(text));
