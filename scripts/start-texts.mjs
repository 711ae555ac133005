// What `npm start` says, in the language of the terminal. The programs have a catalogue (l10n/); this runs before they are
// built.
/**
 * @typedef {object} Texts
 * @property {string} building
 * @property {string} failed
 * @property {Record<'isolated' | 'shared' | 'none', string>} hosts
 * @property {(endpoint: string, hosts: string) => string} cloud
 * @property {(path: string) => string} folder
 * @property {string} shell
 * @property {(name: string) => string} desktop
 * @property {(path: string) => string} fetching
 * @property {(url: string) => string} browser
 * @property {string} ending
 */

/** @type {Texts} */
const english = {
  building: 'Building …',
  failed: 'The local 1cloud did not start:',
  hosts: {
    isolated: 'real Debian hosts stand behind its servers, `ict deploy` sets them up',
    shared: 'one host stands behind all of its servers',
    none: 'its servers have no hosts behind them, so deploying does not work here',
  },
  cloud: (endpoint, hosts) => `A local 1cloud runs at ${endpoint}: ${hosts}.`,
  folder: (path) => `The example: ${path}, a copy of examples/shop that goes when this ends.`,
  shell: 'You are in that folder, `ict` is ready. Try `ict plan`, `ict apply`, `ict status`. exit (or Ctrl-D) ends everything.',
  desktop: (name) => `Opening ${name} with the extension. Closing its window, or Ctrl-C here, ends everything.`,
  fetching: (path) => `No desktop VS Code found: fetching one that runs in the browser into ${path}, 50 MB, once …`,
  browser: (url) =>
    `VS Code with the extension, signed in to the local 1cloud:\n\n    ${url}\n\nOnly this machine can open it. Ctrl-C here ends everything.`,
  ending: 'Ending the local 1cloud and its hosts …',
};

/** @type {Texts} */
const russian = {
  building: 'Сборка …',
  failed: 'Локальный 1cloud не запустился:',
  hosts: {
    isolated: 'за его серверами стоят настоящие хосты с Debian, `ict deploy` их настраивает',
    shared: 'за всеми его серверами стоит один хост',
    none: 'хостов за его серверами нет, поэтому деплой здесь не работает',
  },
  cloud: (endpoint, hosts) => `Локальный 1cloud работает на ${endpoint}: ${hosts}.`,
  folder: (path) => `Пример: ${path} — копия examples/shop, по окончании она удаляется.`,
  shell: 'Вы в этой папке, `ict` готов к работе. Попробуйте `ict plan`, `ict apply`, `ict status`. exit (или Ctrl-D) завершает всё.',
  desktop: (name) => `Открывается ${name} с расширением. Закройте его окно или нажмите здесь Ctrl-C, чтобы завершить всё.`,
  fetching: (path) => `Настольного VS Code нет: загружается тот, что работает в браузере, в ${path}, 50 МБ, один раз …`,
  browser: (url) =>
    `VS Code с расширением, вход в локальный 1cloud выполнен:\n\n    ${url}\n\nАдрес открывается только на этом компьютере. Ctrl-C здесь завершает всё.`,
  ending: 'Локальный 1cloud и его хосты завершают работу …',
};

/** The language that the terminal asks for, as POSIX has it. */
export const language = /^ru/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'ru' : 'en';

export const texts = language === 'ru' ? russian : english;
