import { createHmac } from 'node:crypto';

/** Replaces private values by others of the same form. The same value always gets the same stand-in under one key. */
export interface StandIns {
  /**
   * Letters become letters of the same alphabet and case, digits digits; what is neither stays. Two names never become one, and names that
   * differ by case or blanks alone still do.
   */
  name(text: string): string;
  /** Every IPv4 and IPv6 address and MAC in a text. Networks stay networks: addresses of one /24 stay together. Masks are kept. */
  addresses(text: string): string;
  /** The type of a key stays, its blob and comment do not. */
  publicKey(text: string): string;
  /** Every digit of a sum that is not zero becomes 1: its form and sign without the sum. */
  amount(text: string): string;
}

/** Letters of a blob's base64 that say its type and nothing of the key. */
const KEY_HEAD = 24;
/** First number of networks that stand for public addresses: 198.18.0.0/15 is for measurements and belongs to nobody. */
const PUBLIC_HEAD = 198;
/** How often another stand-in is tried when one is taken. */
const ATTEMPTS = 50;
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;
const IPV6 = /(?<![\w:])(?=[0-9a-f:]*[0-9a-f])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const MAC = /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/gi;

/** Makes stand-ins that depend on a secret, so that nobody can try names out against them. */
export function createStandIns(key: string): StandIns {
  const given = new Map<string, string>();
  const taken = new Set<string>();

  /** Tries until the stand-in is neither the original nor another's. */
  const once = (kind: string, original: string, make: (random: () => number) => string): string => {
    const known = given.get(`${kind} ${original}`);
    if (known !== undefined) return known;
    let standIn = original;
    for (let attempt = 0; attempt < ATTEMPTS && (standIn === original || taken.has(`${kind} ${standIn}`)); attempt++) {
      standIn = make(randomBytesOf(key, `${kind} ${original} ${attempt}`));
    }
    given.set(`${kind} ${original}`, standIn);
    taken.add(`${kind} ${standIn}`);
    return standIn;
  };

  const ipv4 = (text: string): string => {
    const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
    if (a === 255 || text === '0.0.0.0' || Math.max(a, b, c, d) > 255) return text;
    const isPrivate = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128);
    const prefix = once('net', `${a}.${b}.${c}`, (random) =>
      isPrivate ? `10.${random()}.${random()}` : `${PUBLIC_HEAD}.${18 + (random() % 2)}.${random()}`,
    );
    return `${prefix}.${d}`;
  };

  return {
    name: (text) => {
      const folded = text.trim().toLowerCase();
      const standIn = once('name', folded, (random) => replaceLetters(folded, random));
      return text.replace(text.trim(), () => restoreCase(standIn, text.trim()));
    },
    addresses: (text) =>
      text
        .replace(MAC, (mac) => once('mac', mac, (random) => `${mac.slice(0, 9)}${[random(), random(), random()].map(toHex).join(':')}`))
        .replace(IPV4, ipv4)
        .replace(IPV6, (ip) =>
          /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(ip) ? ip : once('ip6', ip, (random) => `2001:db8::${toHex(random())}${toHex(random())}`),
        ),
    publicKey: (text) => {
      const words = text.trim().split(/\s+/);
      const [type, blob] = words.length > 1 ? [words[0], words[1] ?? ''] : [undefined, words[0] ?? ''];
      const head = blob.slice(0, Math.min(KEY_HEAD, Math.floor(blob.length / 2)));
      const standIn = once('blob', blob, (random) => head + replaceLetters(blob.slice(head.length), random));
      return [...(type === undefined ? [] : [keyTypes.has(type) ? type : 'key']), standIn, ...(words.length > 2 ? ['comment'] : [])].join(
        ' ',
      );
    },
    amount: (text) => (/[1-9]/.test(text) ? text.replace(/\d/g, '1') : text),
  };
}

const keyTypes = new Set(['ssh-rsa', 'ssh-dss', 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521']);
const alphabets = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
] as const;
/** Letters of other alphabets become one of these, so that nothing of them is left. */
const OTHERS = alphabets[3];

/** Character by character as Unicode counts them; marks that belong to a letter stay and say nothing without it. */
function replaceLetters(text: string, random: () => number): string {
  return Array.from(text, (letter) => replaceLetter(letter, random)).join('');
}

/** Capital letters where the original has them; the rare letters whose small form is longer shift the rest, which harms nothing. */
function restoreCase(standIn: string, original: string): string {
  const letters = Array.from(original);
  return Array.from(standIn, (letter, index) => (/\p{Lu}/u.test(letters[index] ?? '') ? letter.toUpperCase() : letter)).join('');
}

function replaceLetter(letter: string, random: () => number): string {
  const alphabet = alphabets.find((one) => one.includes(letter)) ?? (/[\p{L}\p{N}]/u.test(letter) ? OTHERS : undefined);
  return alphabet === undefined ? letter : (alphabet[random() % alphabet.length] ?? letter);
}

/** An endless row of bytes that only `key` and `seed` determine. */
function randomBytesOf(key: string, seed: string): () => number {
  let block: readonly number[] = [];
  let [used, count] = [0, 0];
  return () => {
    if (used === block.length) [block, used] = [[...createHmac('sha256', key).update(`${seed} ${count++}`).digest()], 0];
    return block[used++] ?? 0;
  };
}

const toHex = (byte: number): string => byte.toString(16).padStart(2, '0');
