import { t, type Text } from '../text/text.ts';
import type { ReadFailure } from './metrics-event.ts';

/** Why there are no metrics of a server, in a few words. */
export function describeReadFailure(why: ReadFailure): Text {
  switch (why) {
    case 'unreachable':
      return t('the server cannot be reached');
    case 'timeout':
      return t('no answer in time');
    case 'no-agent':
      return t('the metrics agent does not run there; ict deploy installs it');
    case 'host-key':
      return t('its host key is not the pinned one');
    case 'login':
      return t('SSH does not let us in');
    case 'bad-answer':
      return t('what answers there is not a metrics agent');
    case 'too-large':
      return t('its page is too large');
    default:
      return why satisfies never;
  }
}
