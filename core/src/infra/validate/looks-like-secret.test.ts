import { expect, test } from 'vitest';
import { looksLikeSecret } from './looks-like-secret.ts';

test.each([
  ['token of the provider', '0123456789abcdef'.repeat(4)],
  ['Telegram bot', `1234567890:${'A'.repeat(35)}`],
  ['Telegram bot within an address', `https://api.telegram.org/bot1234567890:${'A'.repeat(35)}/getMe`],
  ['private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc'],
  ['AWS', 'AKIAABCDEFGHIJKLMNOP'],
  ['GitHub', `ghp_${'a1'.repeat(18)}`],
  ['GitLab', `glpat-${'x'.repeat(20)}`],
  ['Slack', 'xoxb-1234567890-abc'],
  ['JSON web token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`],
  ['password within an address', 'http://me:hunter2@proxy:3128'],
])('%s', (_name, text) => expect(looksLikeSecret(text)).toBe(true));

test.each([
  ['a checksum with its name', `sha256:${'0'.repeat(64)}`],
  ['a public key', `ssh-ed25519 ${'A'.repeat(68)} me@host`],
  ['an address', 'https://example.org:8443/hook?x=1'],
  ['an address with a variable', 'http://me:{{ password }}@proxy'],
  ['an image', 'Windows Server 2022 x64 (En)'],
  ['text locked by Ansible vault', `$ANSIBLE_VAULT;1.1;AES256\n${'0'.repeat(64)}`],
  ['the name of a variable', 'TELEGRAM_TOKEN'],
  ['a git hash', '0'.repeat(40)],
  ['nothing', ''],
])('%s is none', (_name, text) => expect(looksLikeSecret(text)).toBe(false));
