import * as z from 'zod';
import { doc } from '../text/text.ts';
import { dictOf, int, listOfStr, path, str } from './variable-types.ts';

/** Variables of the playbook `app`. Others may stand beside them: they are another playbook's. */
export const appVars = z.looseObject({
  app_source: str().meta(doc('Folder on the controller whose content is delivered. An absolute path, or one relative to the playbook.')),
  app_dest: path().meta(doc('Folder on the server. Releases live in `releases` below it; `current` points to the live one.')),
  app_exclude: listOfStr().default([]).meta(doc('Names and patterns that are not delivered. `.git`, `.hg`, `.svn` and `.ict` never are.')),
  app_owner: str().optional().meta(doc('User that the release belongs to. Without it, the user that Ansible works as.')),
  app_group: str().optional().meta(doc('Group that the release belongs to.')),
  app_keep_releases: int().default(5).meta(doc('How many releases stay on the server, the live one included. At least 1.')),
  app_after: listOfStr().default([]).meta(doc('Commands run in `current` after the switch, one after another.')),
  app_health: dictOf({
    url: str().optional().meta(doc('Address asked on the server itself. A status of 200 to 399 is healthy.')),
    within: int().default(30).meta(doc('Seconds within which it must be healthy.')),
  })
    .prefault({})
    .meta(doc('Health check after the switch. When it fails, the release before is put back.')),
  app_cache_dir: str().default('~/.cache/ict/app').meta(doc('Folder on the controller where archives wait.')),
});
