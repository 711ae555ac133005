import * as z from 'zod';
import { doc } from '../text/text.ts';
import { bool, choice, dict, int, listOfStr, str } from './variable-types.ts';

/** Variables of the playbook `docker`. Others may stand beside them: they are another playbook's. */
export const dockerVars = z.looseObject({
  docker_source: choice(['distribution', 'repository'])
    .default('distribution')
    .meta(doc('`distribution` is docker.io of Debian and Ubuntu; `repository` is a yum repository, for the RHEL family.')),
  docker_repository_url: str().default('').meta(doc('Address of the yum repository or its mirror. Required with `repository`.')),
  docker_repository_key_url: str().default('').meta(doc("Address of the repository's key. Required with `repository`.")),
  docker_compose: bool().default(true).meta(doc('Whether Compose is installed.')),
  docker_registry_mirrors: listOfStr().default([]).meta(doc('Mirrors of Docker Hub.')),
  docker_users: listOfStr().default([]).meta(doc('Users who may use Docker. That makes them equal to root.')),
  docker_log_max_size: str().default('50m').meta(doc('Largest log file of a container.')),
  docker_log_max_files: int().default(3).meta(doc('How many log files a container keeps.')),
  docker_live_restore: bool().default(true).meta(doc('Whether containers go on while Docker restarts. Not with Swarm.')),
  docker_daemon: dict().default({}).meta(doc('More settings of daemon.json.')),
});
