import type { CloudReader } from '#core/create-core/create-cloud-reader.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { FileReader, ReadPlaces } from '#core/ports/files.ts';
import type { Bundle } from '#core/text/render-text.ts';
import type { ReadHistory } from '#core/ports/history.ts';
import type { CredentialsParams } from '#schemas/protocol/credentials.ts';
import type { FolderEntry } from '#server/languageservice/values/known-values.ts';
import type { Timers } from './timers.ts';

/** Opens the account: that of the client's credentials, or whom the environment names. Undefined: nobody is signed in. */
export type OpenCloud = (given: CredentialsParams | undefined) => Promise<CloudReader | undefined>;

/** Names in a folder of the disk; undefined when they cannot be told, or the folder is outside of `places`. */
export type ListFolder = (path: string, places?: ReadPlaces) => readonly FolderEntry[] | undefined;

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
