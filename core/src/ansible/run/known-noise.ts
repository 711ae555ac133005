/**
 * Whether a line warns of something that ict does on purpose: a server entry without `count` gives a host and a group of one
 * name, so that `hosts: db`, `groups.db` and `hostvars.db` all mean what a user expects. Ansible breaks its warnings after 79
 * letters, within a name as well: `isAfterNoise` tells that the line before was such a warning.
 */
export const isKnownNoise = (line: string, isAfterNoise = false): boolean =>
  line.startsWith('[WARNING]: Found both group and host with same name:') || (isAfterNoise && /^[\w.-]+$/.test(line));
