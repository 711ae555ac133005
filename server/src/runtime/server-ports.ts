import type { Clock } from '#core/ports/clock.ts';
import type { FileReader } from '#core/ports/files.ts';
import type { Bundle } from '#core/text/render-text.ts';
import type { ReadHistory } from '#core/ports/history.ts';
import type { ListFolder } from '../values/folder-values.ts';
import type { OpenCloud } from '../values/cloud-values.ts';
import type { Timers } from './timers.ts';

/** What the language server needs from outside; a test gives its own. */
export interface ServerPorts {
  readonly files: FileReader;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly listFolder: ListFolder;
  readonly openCloud: OpenCloud;
  readonly readHistory: ReadHistory;
  /** Address of the page that explains diagnostic codes in a language; undefined: there is none here. */
  readonly codePage: (language: 'en' | 'ru') => string | undefined;
  readonly version: string;
  /** Loads the bundle of Russian texts: most of what a server would load at its start, so only for those who read it. */
  readonly loadRussian: () => Promise<Bundle>;
}
