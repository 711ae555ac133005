import { CompletionItemKind } from 'vscode-languageserver-types';
import { t, type Text } from '#schemas/text/text.ts';
import type { Cursor } from '../cursor/find-cursor.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

interface Skeleton {
  readonly name: string;
  readonly meaning: Text;
  /** Keys with their values as a snippet. In lines for servers, in braces for the others; a text alone for keys. */
  readonly body: readonly string[] | string;
}

/** New entries of a section with named entries, ready to be filled in. The name is the first thing to change. */
export function suggestNewEntries(place: SuggestionPlace): readonly Suggestion[] {
  const { cursor } = place;
  return skeletonsOf(String(cursor.path[0]), place)
    .filter(({ name }) => !cursor.isPresent(name))
    .map(({ name, meaning, body }) => ({
      label: name,
      kind: CompletionItemKind.Snippet,
      insert: { code: cursor.hasColon ? name : `\${1:${name}}:${writeEntry(body, cursor)}` },
      detail: meaning,
      isKey: true,
    }));
}

function writeEntry(body: Skeleton['body'], { indent, step, eol }: Cursor): string {
  if (typeof body === 'string') return ` ${body}`;
  return indent < 0 ? ` { ${body.join(', ')} }` : body.map((line) => `${eol}${' '.repeat(indent + step)}${line}`).join('');
}

function skeletonsOf(section: string, { document }: SuggestionPlace): readonly Skeleton[] {
  const { analysis } = document;
  switch (section) {
    case 'servers': {
      const hasSizes = analysis.entryNames('sizes').length > 0;
      const defaults = analysis.definitions.infra.defaults;
      const missing = [...(defaults?.dc === undefined ? ['dc: $5'] : []), ...(defaults?.image === undefined ? ['image: $6'] : [])];
      const body = hasSizes ? ['size: $2', ...missing] : ['cpu: ${2:1}', 'ram: ${3:1 GB}', 'disk: ${4:10 GB}', ...missing];
      return [{ name: 'web', meaning: t('a new server'), body }];
    }
    case 'sizes':
      return [{ name: 'small', meaning: t('a new size'), body: '{ cpu: ${2:1}, ram: ${3:1 GB}, disk: ${4:10 GB} }' }];
    case 'ssh_keys':
      return [{ name: 'laptop', meaning: t('a new SSH key'), body: '${2:~/.ssh/id_ed25519.pub}' }];
    case 'networks':
      return [{ name: 'back', meaning: t('a new private network'), body: '{ dhcp: ${2:true} }' }];
    case 'groups':
      return [{ name: 'all', meaning: t('a new group'), body: '{ servers: [$2] }' }];
    case 'alerts':
      return [
        {
          name: 'cpu-high',
          meaning: t('an alert for busy processors'),
          body: '{ metric: cpu, above: ${2:90%}, for: ${3:5m}, clear: ${4:75%} }',
        },
        {
          name: 'disk-full',
          meaning: t('an alert for full disks'),
          body: '{ metric: disk, above: ${2:90%}, for: ${3:1m}, clear: ${4:85%} }',
        },
        {
          name: 'memory-high',
          meaning: t('an alert for used memory'),
          body: '{ metric: memory, above: ${2:90%}, for: ${3:5m}, clear: ${4:80%} }',
        },
        { name: 'down', meaning: t('an alert for servers that do not answer'), body: '{ metric: unreachable, for: ${2:1m} }' },
      ];
    case 'notify':
      return [
        {
          name: 'telegram',
          meaning: t('messages by a Telegram bot'),
          body: "{ type: telegram, chat: '${2:-1001}', token_env: ${3:TELEGRAM_TOKEN} }",
        },
        { name: 'webhook', meaning: t('an HTTP POST with JSON'), body: '{ type: webhook, url: ${2:https://example.org/hook} }' },
        {
          name: 'email',
          meaning: t('messages by e-mail'),
          body: '{ type: email, to: [${2:team@example.org}], from: ${3:ict@example.org}, server: ${4:smtp.example.org} }',
        },
        { name: 'editor', meaning: t('notifications in the editor'), body: '{ type: editor }' },
      ];
    case 'schedules':
      return [
        { name: 'nights', meaning: t('stop servers in the evening'), body: "{ cron: '${2:0 20 * * 1-5}', action: stop, targets: [$3] }" },
        {
          name: 'mornings',
          meaning: t('start servers in the morning'),
          body: "{ cron: '${2:0 8 * * 1-5}', action: start, targets: [$3] }",
        },
        { name: 'drift', meaning: t('look for changes made in the panel'), body: '{ every: ${2:1h}, action: plan }' },
      ];
    default:
      return [];
  }
}
