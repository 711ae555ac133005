// Generated from playbooks/ by npm run generate; do not edit.
import { t, type Text } from '../text/text.ts';

/** A variable of a playbook that ict ships. */
export interface BundledVariable {
  readonly name: string;
  /** In Ansible's words: `str`, `int`, `bool`, `list`, `dict`, `path`. */
  readonly type: string;
  readonly summary: Text;
  readonly isRequired: boolean;
  /** As YAML. */
  readonly defaultValue?: string;
  /** The only values it may have. */
  readonly choices?: readonly string[];
}

/** A playbook that ict ships. */
export interface BundledPlaybookInfo {
  readonly name: string;
  readonly summary: Text;
  readonly tags: readonly string[];
  readonly variables: readonly BundledVariable[];
}

const variable = (
  name: string,
  type: string,
  summary: Text,
  more: Partial<Pick<BundledVariable, 'isRequired' | 'defaultValue' | 'choices'>> = {},
): BundledVariable => ({ name, type, summary, isRequired: false, ...more });

/** Every playbook that ict ships, by name. */
export const bundledPlaybooks: readonly BundledPlaybookInfo[] = [
  {
    name: 'app',
    summary: t('Deliver code by releases'),
    tags: ['app', 'app_deliver', 'app_prune'],
    variables: [
      variable(
        'app_source',
        'str',
        t('Folder on the controller whose content is delivered. An absolute path, or one relative to the playbook.'),
        { isRequired: true },
      ),
      variable('app_dest', 'path', t('Folder on the server. Releases live in `releases` below it; `current` points to the live one.'), {
        isRequired: true,
      }),
      variable('app_exclude', 'list', t('Names and patterns that are not delivered. `.git`, `.hg`, `.svn` and `.ict` never are.'), {
        defaultValue: '[]',
      }),
      variable('app_owner', 'str', t('User that the release belongs to. Without it, the user that Ansible works as.')),
      variable('app_group', 'str', t('Group that the release belongs to.')),
      variable('app_keep_releases', 'int', t('How many releases stay on the server, the live one included. At least 1.'), {
        defaultValue: '5',
      }),
      variable('app_after', 'list', t('Commands run in `current` after the switch, one after another.'), { defaultValue: '[]' }),
      variable('app_health', 'dict', t('Health check after the switch. When it fails, the release before is put back.'), {
        defaultValue: '{}',
      }),
      variable('app_cache_dir', 'str', t('Folder on the controller where archives wait.'), { defaultValue: '~/.cache/ict/app' }),
    ],
  },
  {
    name: 'base',
    summary: t('Users, SSH hardening, firewall, unattended upgrades'),
    tags: ['base', 'base_firewall', 'base_packages', 'base_ssh', 'base_upgrades', 'base_users'],
    variables: [
      variable('base_packages', 'list', t('More packages to install.'), { defaultValue: '[]' }),
      variable('base_users', 'list', t('Users of the server. A user that is not named here stays as it is.'), { defaultValue: '[]' }),
      variable('base_ssh_hardening', 'bool', t('Whether the settings of sshd are managed.'), { defaultValue: 'true' }),
      variable('base_ssh_password_login', 'bool', t('Whether users may log in with a password.'), { defaultValue: 'false' }),
      variable('base_ssh_root_login', 'str', t('Whether root may log in.'), {
        defaultValue: 'prohibit-password',
        choices: ['yes', 'no', 'prohibit-password'],
      }),
      variable('base_ssh_allow_users', 'list', t('Only these users may log in. Empty means all.'), { defaultValue: '[]' }),
      variable('base_ssh_max_auth_tries', 'int', t('Tries to log in per connection.'), { defaultValue: '4' }),
      variable(
        'base_firewall',
        'str',
        t('Firewall to manage. `auto` is ufw on Debian and Ubuntu, nftables elsewhere; `none` leaves it alone.'),
        { defaultValue: 'auto', choices: ['auto', 'ufw', 'nftables', 'none'] },
      ),
      variable('base_firewall_rules', 'list', t('Ports to open. The port of SSH is always open.'), { defaultValue: '[]' }),
      variable('base_unattended_upgrades', 'bool', t('Whether security updates install themselves.'), { defaultValue: 'true' }),
      variable('base_auto_reboot', 'bool', t('Whether the server restarts itself when an update asks for it. Debian and Ubuntu only.'), {
        defaultValue: 'false',
      }),
      variable('base_auto_reboot_time', 'str', t('When it restarts.'), { defaultValue: '04:00' }),
    ],
  },
  {
    name: 'docker',
    summary: t('Docker and Compose'),
    tags: ['docker', 'docker_install', 'docker_settings'],
    variables: [
      variable(
        'docker_source',
        'str',
        t('`distribution` is docker.io of Debian and Ubuntu; `repository` is a yum repository, for the RHEL family.'),
        { defaultValue: 'distribution', choices: ['distribution', 'repository'] },
      ),
      variable('docker_repository_url', 'str', t('Address of the yum repository or its mirror. Required with `repository`.')),
      variable('docker_repository_key_url', 'str', t("Address of the repository's key. Required with `repository`.")),
      variable('docker_compose', 'bool', t('Whether Compose is installed.'), { defaultValue: 'true' }),
      variable('docker_registry_mirrors', 'list', t('Mirrors of Docker Hub.'), { defaultValue: '[]' }),
      variable('docker_users', 'list', t('Users who may use Docker. That makes them equal to root.'), { defaultValue: '[]' }),
      variable('docker_log_max_size', 'str', t('Largest log file of a container.'), { defaultValue: '50m' }),
      variable('docker_log_max_files', 'int', t('How many log files a container keeps.'), { defaultValue: '3' }),
      variable('docker_live_restore', 'bool', t('Whether containers go on while Docker restarts. Not with Swarm.'), {
        defaultValue: 'true',
      }),
      variable('docker_daemon', 'dict', t('More settings of daemon.json.'), { defaultValue: '{}' }),
    ],
  },
  {
    name: 'nginx',
    summary: t('Web server with static and proxy sites'),
    tags: ['nginx', 'nginx_install', 'nginx_service', 'nginx_sites'],
    variables: [
      variable('http_port', 'int', t('Short for `nginx_http_port`.')),
      variable('nginx_http_port', 'int', t('Port of the default site.'), { defaultValue: '80' }),
      variable('nginx_server_name', 'str', t('Host names of the default site, separated by spaces. `_` means all.'), { defaultValue: '_' }),
      variable('nginx_root', 'str', t('Folder that the default site serves.'), { defaultValue: '/var/www/html' }),
      variable('nginx_proxy', 'str', t('Address that the default site passes requests to, instead of the folder.')),
      variable(
        'nginx_sites',
        'list',
        t('Sites instead of the default one. A site that is taken out of the list is removed from the server.'),
        { defaultValue: '[]' },
      ),
      variable('nginx_remove_distribution_site', 'bool', t("Whether the sample site of Debian's package is switched off."), {
        defaultValue: 'true',
      }),
    ],
  },
  {
    name: 'node_exporter',
    summary: t('Metrics agent node_exporter'),
    tags: ['node_exporter', 'node_exporter_access', 'node_exporter_install', 'node_exporter_service'],
    variables: [
      variable('node_exporter_transport', 'str', t('How metrics are read. `ssh` listens on loopback only.'), {
        defaultValue: 'ssh',
        choices: ['ssh', 'http'],
      }),
      variable('node_exporter_port', 'int', t('Port of the agent.'), { defaultValue: '9100' }),
      variable('node_exporter_sources', 'list', t('Addresses or networks that may read by HTTP. Required with transport `http`.'), {
        defaultValue: '[]',
      }),
      variable('node_exporter_args', 'list', t('More command line options of node_exporter.'), { defaultValue: '[]' }),
      variable(
        'node_exporter_method',
        'str',
        t('Where the program comes from. `auto` is the package on Debian and Ubuntu, the archive elsewhere.'),
        { defaultValue: 'auto', choices: ['auto', 'package', 'archive'] },
      ),
      variable('node_exporter_version', 'str', t('Version of the release archive.'), { defaultValue: '1.9.1' }),
      variable(
        'node_exporter_base_url',
        'str',
        t('Folder of the release archive, or of its mirror. The default is the release page of the project.'),
      ),
      variable('node_exporter_sha256', 'str', t('sha256 of the release archive. Required with the archive.')),
    ],
  },
  {
    name: 'postgresql',
    summary: t('PostgreSQL with its users and databases'),
    tags: ['postgresql', 'postgresql_databases', 'postgresql_install', 'postgresql_settings'],
    variables: [
      variable(
        'postgresql_packages',
        'list',
        t("Packages of the server. The default is the distribution's: `postgresql`, or `postgresql-server` on the RHEL family."),
      ),
      variable('postgresql_port', 'int', t('Port.'), { defaultValue: '5432' }),
      variable('postgresql_listen', 'list', t('Addresses to listen on. `*` means all.'), { defaultValue: '["localhost"]' }),
      variable('postgresql_settings', 'dict', t('More settings of postgresql.conf.'), { defaultValue: '{}' }),
      variable('postgresql_users', 'list', t('Users of the database server. One that is not named here stays as it is.'), {
        defaultValue: '[]',
      }),
      variable('postgresql_databases', 'list', t('Databases. None is ever dropped.'), { defaultValue: '[]' }),
      variable('postgresql_hba', 'list', t('Who may connect over the network. The server itself always may.'), { defaultValue: '[]' }),
    ],
  },
];
