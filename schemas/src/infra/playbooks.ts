import * as z from 'zod';
import { doc } from '../text/text.ts';
import { durationSeconds } from './units.ts';

/** Whether a word of `playbooks` is a path: it has a slash or the ending of a YAML file. Any other is a bundled playbook's name. */
export const isPlaybookPath = (word: string): boolean => /[\\/]|\.ya?ml$/i.test(word);

/** Variables handed to Ansible, as they stand in the file. */
export const vars = z.record(z.string(), z.unknown()).meta(doc('Variables for Ansible. Merged default → group → server.'));

const playbookWithOptions = z.strictObject({
  path: z.string().min(1).optional().meta(doc('Path of your own playbook, relative to this file.')),
  name: z.string().min(1).optional().meta(doc('Name of a playbook bundled with ict.')),
  tags: z.array(z.string().min(1)).optional().meta(doc('Run only tasks with these Ansible tags.')),
  vars: vars.optional(),
});

/** A bundled playbook by name, a path, or either with tags and variables. */
export const playbookReference = z
  .union([z.string().min(1), playbookWithOptions])
  .meta(doc('A bundled playbook by name, or `path:` to your own. Runs at deploy, in this order.'));

/** Delivery of the project's own code by releases. */
export const appDelivery = z
  .strictObject({
    source: z.string().min(1).meta(doc('Folder whose content is delivered, relative to this file.')),
    dest: z.string().startsWith('/').meta(doc('Folder on the server. Releases live below it; `current` points to the live one.')),
    exclude: z.array(z.string().min(1)).optional().meta(doc('Names and patterns that are not delivered.')),
    keep_releases: z.int().min(1).max(100).optional().meta(doc('How many releases stay on the server. Default 5.')),
    after: z.array(z.string().min(1)).optional().meta(doc('Commands run on the server after the switch to the new release.')),
    health: z
      .strictObject({
        url: z.url().meta(doc('Address asked on the server itself; a status of 200 to 399 is healthy.')),
        within: durationSeconds.optional(),
      })
      .optional()
      .meta(doc('Health check after the switch. When it fails, the release before is put back.')),
  })
  .meta(doc("Delivers the project's code: upload, switch, check, go back on failure."));
