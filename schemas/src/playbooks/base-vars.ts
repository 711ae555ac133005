import * as z from 'zod';
import { doc } from '../text/text.ts';
import { bool, choice, int, listOfDict, listOfStr, str } from './variable-types.ts';

/** Variables of the playbook `base`. Others may stand beside them: they are another playbook's. */
export const baseVars = z.looseObject({
  base_packages: listOfStr().default([]).meta(doc('More packages to install.')),
  base_users: listOfDict({
    name: str().meta(doc('Login name.')),
    state: choice(['present', 'absent']).default('present').meta(doc('`absent` removes the user. The home folder stays.')),
    keys: listOfStr().default([]).meta(doc('Public SSH keys. Other keys of the user stay.')),
    remove_keys: listOfStr().default([]).meta(doc('Public SSH keys to take away.')),
    groups: listOfStr().default([]).meta(doc('More groups of the user. They must exist.')),
    sudo: bool().default(false).meta(doc('May become root without a password.')),
    shell: str().default('/bin/bash').meta(doc('Login shell.')),
  })
    .default([])
    .meta(doc('Users of the server. A user that is not named here stays as it is.')),
  base_ssh_hardening: bool().default(true).meta(doc('Whether the settings of sshd are managed.')),
  base_ssh_password_login: bool().default(false).meta(doc('Whether users may log in with a password.')),
  base_ssh_root_login: choice(['yes', 'no', 'prohibit-password']).default('prohibit-password').meta(doc('Whether root may log in.')),
  base_ssh_allow_users: listOfStr().default([]).meta(doc('Only these users may log in. Empty means all.')),
  base_ssh_max_auth_tries: int().default(4).meta(doc('Tries to log in per connection.')),
  base_firewall: choice(['auto', 'ufw', 'nftables', 'none'])
    .default('auto')
    .meta(doc('Firewall to manage. `auto` is ufw on Debian and Ubuntu, nftables elsewhere; `none` leaves it alone.')),
  base_firewall_rules: listOfDict({
    port: int().meta(doc('Port to open.')),
    proto: choice(['tcp', 'udp']).default('tcp').meta(doc('Protocol.')),
    from: listOfStr().default([]).meta(doc('Addresses or networks that may connect. Empty means all.')),
    state: choice(['present', 'absent']).default('present').meta(doc('`absent` takes the rule away again.')),
  })
    .default([])
    .meta(doc('Ports to open. The port of SSH is always open.')),
  base_unattended_upgrades: bool().default(true).meta(doc('Whether security updates install themselves.')),
  base_auto_reboot: bool()
    .default(false)
    .meta(doc('Whether the server restarts itself when an update asks for it. Debian and Ubuntu only.')),
  base_auto_reboot_time: str().default('04:00').meta(doc('When it restarts.')),
});
