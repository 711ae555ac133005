import * as z from 'zod';
import { doc } from '../text/text.ts';
import { choice, int, listOfStr, str } from './variable-types.ts';

/** Variables of the playbook `node_exporter`. Others may stand beside them: they are another playbook's. */
export const nodeExporterVars = z.looseObject({
  node_exporter_transport: choice(['ssh', 'http']).default('ssh').meta(doc('How metrics are read. `ssh` listens on loopback only.')),
  node_exporter_port: int().default(9100).meta(doc('Port of the agent.')),
  node_exporter_sources: listOfStr().default([]).meta(doc('Addresses or networks that may read by HTTP. Required with transport `http`.')),
  node_exporter_args: listOfStr().default([]).meta(doc('More command line options of node_exporter.')),
  node_exporter_method: choice(['auto', 'package', 'archive'])
    .default('auto')
    .meta(doc('Where the program comes from. `auto` is the package on Debian and Ubuntu, the archive elsewhere.')),
  node_exporter_version: str().default('1.9.1').meta(doc('Version of the release archive.')),
  node_exporter_base_url: str()
    .optional()
    .meta(doc('Folder of the release archive, or of its mirror. The default is the release page of the project.')),
  node_exporter_sha256: str().default('').meta(doc('sha256 of the release archive. Required with the archive.')),
});
