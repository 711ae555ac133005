import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of a file as a whole. */
export const fileCodes = {
  'file-missing': {
    severity: 'error',
    summary: t('File not found'),
    explanation: t(
      'The infra file, or a file it names, is not where the path points. Paths in a file start at the folder of that file; `~` is the home folder. Correct the path or create the file.',
    ),
  },
  'file-unreadable': {
    severity: 'error',
    summary: t('File cannot be read'),
    explanation: t(
      'The file exists but is not read. The system may refuse it: check its permissions. Only ordinary files are read, no folders, pipes or devices; on Windows no network paths but those of your own folder.',
    ),
  },
  'file-outside': {
    severity: 'error',
    summary: t('File outside of the project'),
    explanation: t(
      'The file names an include, a public key or a price table outside of the folder below which files are read, directly or through a link. In CI (`CI` is set) that folder is the git work tree that holds the infra file, or the folder of the file where there is none; `--root DIR` names another. In an editor it is the workspace while that is not trusted. Messages quote what they complain about, so a pull request could show any file of the machine in a log. Move the file into the project, write the public key itself, or name a root that holds all files.',
    ),
  },
  'file-too-large': {
    severity: 'error',
    summary: t('File is too large'),
    explanation: t(
      'An infra file may have at most 8 MB. That is more than a hundred thousand lines, so a larger file is most likely not an infra file. Use `count` and `sizes` to say the same in fewer lines, or split the project.',
    ),
  },
  'not-text': {
    severity: 'error',
    summary: t('Not a UTF-8 text file'),
    explanation: t(
      'An infra file is text in UTF-8. This one is binary or in another encoding, such as UTF-16, which some Windows programs write. Save it as UTF-8; a byte order mark does no harm.',
    ),
  },
  'empty-file': {
    severity: 'error',
    summary: t('Empty file'),
    explanation: t(
      'The file holds nothing but blank lines and comments. An empty infra file would mean "no servers at all", and that must not happen by accident. Write at least `version: 1` and `project: NAME`.',
    ),
  },
  'include-cycle': {
    severity: 'error',
    summary: t('Files include each other'),
    explanation: t(
      'A file includes itself, directly or through other files, so there is no order in which to read them. Take one of the `include` lines out.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
