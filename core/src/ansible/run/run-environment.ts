/** What the environment of a run is made of. */
export interface RunEnvironment {
  /** The environment of ict. */
  readonly inherited: Readonly<Partial<Record<string, string>>>;
  /** `ansible.cfg` to use. */
  readonly config: string;
  /** Folder of our callback plugin. */
  readonly callbacks: string;
  /** Folder for the sockets of kept connections; short, since a socket's path has 107 bytes at most. */
  readonly controlPathDir: string;
  readonly hostCount: number;
}

/** Hosts worked on at once. More is of no use: the controller's processors are the limit. */
const MAX_FORKS = 25;

/** Secrets of ict's own that a playbook has no business with. */
const OWN_SECRETS = ['ONECLOUD_TOKEN', 'ONECLOUD_TOKEN_FILE'] as const;

/**
 * Environment of `ansible-playbook`. What the user has set wins over our preferences, but not over what we rely on: our
 * event stream, host keys being checked, a broken inventory being an error.
 */
export function buildEnvironment(given: RunEnvironment): Record<string, string> {
  const { inherited, config, callbacks, controlPathDir, hostCount } = given;
  const environment: Record<string, string> = {
    ANSIBLE_FORKS: String(Math.min(Math.max(hostCount, 1), MAX_FORKS)),
    ANSIBLE_PIPELINING: '1',
    ANSIBLE_SSH_RETRIES: '3',
    ANSIBLE_TIMEOUT: '15',
    ANSIBLE_PYTHON_INTERPRETER: 'auto_silent',
    ANSIBLE_DISPLAY_SKIPPED_HOSTS: '0',
    ANSIBLE_CONFIG: config,
  };
  for (const [name, value] of Object.entries(inherited)) if (value !== undefined) environment[name] = value;
  for (const name of OWN_SECRETS) delete environment[name];
  return {
    ...environment,
    // Ansible refuses to start in a locale that is not UTF-8.
    LC_ALL: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_FORCE_COLOR: '0',
    ANSIBLE_NOCOWS: '1',
    ANSIBLE_RETRY_FILES_ENABLED: '0',
    ANSIBLE_HOST_KEY_CHECKING: '1',
    // Names of groups are ours to choose: a hyphen is fine for Ansible, which would only warn.
    ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS: 'ignore',
    ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: '1',
    ANSIBLE_INVENTORY_UNPARSED_FAILED: '1',
    ANSIBLE_SSH_CONTROL_PATH_DIR: controlPathDir,
    ANSIBLE_CALLBACK_PLUGINS: [callbacks, inherited['ANSIBLE_CALLBACK_PLUGINS']].filter(Boolean).join(':'),
    ICT_EVENTS_FD: '3',
  };
}
