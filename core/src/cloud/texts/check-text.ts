import { isIP } from 'node:net';

/**
 * Texts of the provider at the border. They reach inventories, command lines and screens, and whoever answers as the provider may put
 * anything into them: what has a form must have it, or it counts as not said.
 */

/** An IP address, version 4 or 6 without a zone, as it came. */
export const toIp = (text: string | undefined): string | undefined =>
  text !== undefined && isIP(text) !== 0 && !text.includes('%') ? text : undefined;

/**
 * Name of an administrator: a Unix one as `useradd` takes it (small letters, 32 characters), or `Administrator`, which Windows has in
 * just this spelling. Others are not used, whatever their case: SSH would hand them to a shell, Ansible to a template.
 */
export const toUserName = (text: string | undefined): string | undefined =>
  text !== undefined && /^(?:[a-z_][a-z0-9_.-]{0,31}|Administrator)$/.test(text) ? text : undefined;

/** A hardware address of six bytes. */
export const toMac = (text: string | undefined): string | undefined =>
  text !== undefined && /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i.test(text) ? text : undefined;

/** Control characters, line separators, and halves of characters. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
const ALL_CONTROLS = new RegExp(CONTROLS, 'gu');

/** Longest name that is kept. The panel takes 50 characters; a title of the catalogue has some more. */
const MAX_LENGTH = 300;

/**
 * A name or word as data. Each control character becomes U+FFFD rather than nothing: without them `web\0` would be `web`, and be taken
 * for a server of the file.
 */
export const toWord = (text: string): string => (isWord(text) ? text : text.slice(0, MAX_LENGTH).replaceAll(ALL_CONTROLS, '\u{fffd}'));

/** Whether {@link toWord} keeps a text as it is. */
export const isWord = (text: string): boolean => text.length <= MAX_LENGTH && !CONTROLS.test(text);

/** The same where there may be none. */
export const toWordIfAny = (text: string | undefined): string | undefined => (text === undefined ? undefined : toWord(text));
