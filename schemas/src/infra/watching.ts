import * as z from 'zod';
import { doc } from '../text/text.ts';
import { environmentName } from './names.ts';
import { durationSeconds, percentRatio } from './units.ts';

/** Figures an alert can watch. Ratios take a share, rates bytes per second, load is per core. */
export const alertMetrics = ['cpu', 'iowait', 'load', 'memory', 'swap', 'disk', 'disk_busy', 'receive', 'transmit', 'unreachable'] as const;

const threshold = z.union([percentRatio, z.number()]);
const names = (documentation: ReturnType<typeof doc>) => z.array(z.string().min(1)).meta(documentation);

/** One entry of `alerts`. */
export const alertEntry = z
  .strictObject({
    metric: z.enum(alertMetrics).meta(doc('Figure that is watched.')),
    above: threshold.optional().meta(doc('Fires above this value: a share such as `90%`, or a number.')),
    below: threshold.optional().meta(doc('Fires below this value: a share such as `10%`, or a number.')),
    for: durationSeconds.optional().meta(doc('How long the value must hold before the alert fires, such as `5m`.')),
    clear: threshold.optional().meta(doc('Value at which the alert is over. Keep a distance, so that it does not flap.')),
    on: names(doc('Servers or groups that are watched. Without it: all.')).optional(),
    notify: names(doc('Names from `notify`.')).optional(),
  })
  .meta(doc('Alert: tells people when a figure leaves its range.'));

/** One entry of `notify`, by its type. */
export const notifyEntry = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('telegram').meta(doc('A message by a Telegram bot.')),
      chat: z
        .union([z.string().min(1), z.int()])
        .transform(String)
        .meta(doc('Id of the chat.')),
      token_env: environmentName,
      base_url: z.url().optional().meta(doc('Address of the Bot API, where the usual one cannot be reached.')),
      proxy: z.string().min(1).optional().meta(doc('Proxy for this channel only.')),
    }),
    z.strictObject({
      type: z.literal('webhook').meta(doc('An HTTP POST with JSON.')),
      url: z.url().meta(doc('Address that receives the POST.')),
      token_env: environmentName.optional(),
    }),
    z.strictObject({
      type: z.literal('email').meta(doc('A message by e-mail.')),
      to: z.array(z.string().min(3)).min(1).meta(doc('Receivers.')),
      from: z.string().min(3).meta(doc('Sender.')),
      server: z.string().min(1).meta(doc('SMTP server, `host` or `host:port`.')),
      user: z.string().min(1).optional().meta(doc('User name at the SMTP server.')),
      password_env: environmentName.optional(),
    }),
    z.strictObject({ type: z.literal('editor').meta(doc('A notification in the editor.')) }),
  ])
  .meta(doc('A channel that alerts and schedules speak through.'));

/** One entry of `schedules`. */
export const scheduleEntry = z
  .strictObject({
    cron: z.string().min(1).optional().meta(doc('When: five cron fields, minute hour day month weekday.')),
    every: durationSeconds.optional().meta(doc('How often, such as `1h`. Instead of `cron`.')),
    timezone: z.string().min(1).optional().meta(doc('IANA time zone of `cron`, such as `Europe/Moscow`.')),
    action: z.enum(['start', 'stop', 'reboot', 'apply', 'deploy', 'plan']).meta(doc('What happens. `plan` looks for drift.')),
    targets: names(doc('Servers or groups. Without it: all.')).optional(),
    missed: z.enum(['run', 'skip']).optional().meta(doc('A run missed while the daemon was off: `run` it late or `skip` it (default).')),
    override: z.boolean().optional().meta(doc('Whether the power state set here stands against `power` until the next run. Default true.')),
    notify: names(doc('Names from `notify`.')).optional(),
  })
  .meta(doc('A planned action.'));
