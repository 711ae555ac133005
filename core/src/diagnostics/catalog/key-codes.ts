import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of keys and secrets. */
export const keyCodes = {
  'literal-secret': {
    severity: 'error',
    summary: t('Secret in the file'),
    explanation: t(
      'An infra file is made to be shared and committed, so a secret in it is soon known to others. Name an environment variable with a `*_env` key, or keep the value in an Ansible vault file. If the secret is real and was ever committed, replace it at its issuer.',
    ),
  },
  'ssh-key-missing': {
    severity: 'error',
    summary: t('SSH key file not found'),
    explanation: t(
      '`ssh_keys` names a file that does not exist on this machine. Correct the path, make a key with `ssh-keygen -t ed25519`, or put the public key itself into the infra file, so that it works for everybody.',
    ),
  },
  'ssh-key-private': {
    severity: 'error',
    summary: t('Private SSH key given'),
    explanation: t(
      'A server gets the public half of a key; the private half never leaves your machine. The public half lies beside it in a file with the ending `.pub`. Nothing of the private key was used or stored.',
    ),
  },
  'ssh-key-invalid': {
    severity: 'error',
    summary: t('Not a public SSH key'),
    explanation: t(
      'A public key is one line: its type, a long word in base64, and an optional comment, such as `ssh-ed25519 AAAA… me@laptop`. The provider knows ssh-ed25519, ssh-rsa, ssh-dss and ecdsa-sha2-nistp256, and refuses the characters `<`, `>` and `&`.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
