import * as z from 'zod';
import { doc } from '../text/text.ts';
import { bool, choice, dict, int, listOfDict, listOfStr, str } from './variable-types.ts';

/** Variables of the playbook `postgresql`. Others may stand beside them: they are another playbook's. */
export const postgresqlVars = z.looseObject({
  postgresql_packages: listOfStr()
    .optional()
    .meta(doc("Packages of the server. The default is the distribution's: `postgresql`, or `postgresql-server` on the RHEL family.")),
  postgresql_port: int().default(5432).meta(doc('Port.')),
  postgresql_listen: listOfStr().default(['localhost']).meta(doc('Addresses to listen on. `*` means all.')),
  postgresql_settings: dict().default({}).meta(doc('More settings of postgresql.conf.')),
  postgresql_users: listOfDict({
    name: str().meta(doc('Name.')),
    state: choice(['present', 'absent']).default('present').meta(doc('`absent` removes the user; it must own nothing.')),
    password: str().optional().meta(doc('Password. Take it from a vault or the environment.')),
    superuser: bool().optional().meta(doc('May do everything.')),
    createdb: bool().optional().meta(doc('May create databases.')),
    createrole: bool().optional().meta(doc('May create users.')),
  })
    .default([])
    .meta(doc('Users of the database server. One that is not named here stays as it is.')),
  postgresql_databases: listOfDict({
    name: str().meta(doc('Name.')),
    owner: str().optional().meta(doc('User that owns it.')),
    encoding: str().default('UTF8').meta(doc('Encoding of a new database.')),
  })
    .default([])
    .meta(doc('Databases. None is ever dropped.')),
  postgresql_hba: listOfDict({
    type: choice(['host', 'hostssl', 'hostnossl']).default('host').meta(doc('Kind of connection.')),
    database: str().default('all').meta(doc('Database.')),
    user: str().default('all').meta(doc('User.')),
    address: str().meta(doc('Network, such as `10.0.0.0/24`.')),
    method: choice(['scram-sha-256', 'md5', 'cert', 'reject']).default('scram-sha-256').meta(doc('How the user proves itself.')),
  })
    .default([])
    .meta(doc('Who may connect over the network. The server itself always may.')),
});
