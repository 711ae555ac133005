import { t } from '#schemas/text/text.ts';
import type { Row } from '../read/exchange.ts';
import { checkWords } from './check-servers.ts';
import { finding, listWords, type SurveyCheck, type SurveyNotes } from './survey-notes.ts';

/** Technical names of the data centres of 24 April 2023 (API reference, section 6). */
export const knownDataCentres: ReadonlySet<string> = new Set([
  'SdnSpb', 'SdnSpb2', 'SdnSpb3', 'DsMsk', 'DsMsk2', 'AhKz', 'AhKz02', 'TtkKz', 'MinskBy', 'MinskBy3', 'AvnMsk01', 'Vld01', 'Nsk01',
]); // prettier-ignore

/** Technical names of the provider's images of 24 April 2023 (API reference, section 4). */
export const knownImages: ReadonlySet<string> = new Set([
  'Ubuntu20.04x64', 'Ubuntu18.04x64', 'Debian11x64', 'Debian10x64', 'Debian9x64', 'CentOS7.5_x64', 'RockyLinux_v1', 'AlmaLinux_v2',
  'freebsd10x64', 'FreeBSD11x64', 'WinServer2012R2x64En', 'WinServer2012R2x64Ru', 'WinServer2016x64En', 'WinServer2016x64Ru',
  'WinServer2019x64En', 'WinServer2019x64Ru', 'WinServer2022x64En', 'WinServer2022x64Ru', 'CMSJoomla3CentOS7', 'CMSDrupal8CentOs7', 'VyOS',
]); // prettier-ignore

/** Sections 4 and 6: what is offered, against the lists of 2023 and against what the account's servers were made from. */
export const checkCatalogue: SurveyCheck = (answers, notes) => {
  const [images, dataCentres, servers] = [answers.list('/image'), answers.list('/dcLocation'), answers.list('/server')];
  const offered = images.filter(isProviders);
  const imageNames = texts(images, 'Name');
  const techTitles = texts(dataCentres, 'TechTitle');
  compare(notes, '4', 'images', '/image', texts(offered, 'Name'), knownImages);
  compare(notes, '6', 'data-centres', '/dcLocation', techTitles, knownDataCentres);
  expectUnique(notes, '4', 'unique-image-names', '/image', 'Name', imageNames);
  expectUnique(notes, '6', 'unique-tech-titles', '/dcLocation', 'TechTitle', techTitles);
  expectUnique(notes, '6', 'unique-short-titles', '/dcLocation', 'ShortTitle', texts(dataCentres, 'ShortTitle'));
  checkWords(notes, '4', 'unknown-image-family', '/image', images, 'Family', new Set(['Linux', 'Windows', 'Bsd']));
  checkWords(notes, '4', 'unknown-image-type', '/image', images, 'Type', new Set(['GoldServer']));
  const retired = texts(servers, 'Image').filter((name) => !imageNames.includes(name));
  if (images.length > 0) notes.expect(retired.length === 0, () => finding('4', 'answer', 'server-images', '/server', t('Servers were made from images that are no longer offered: {0}.', listWords(retired)))); // prettier-ignore
  const left = texts(servers, 'DCLocation').filter((name) => !techTitles.includes(name));
  if (dataCentres.length > 0) notes.expect(left.length === 0, () => finding('6', 'answer', 'server-data-centres', '/server', t('Servers are in data centers that are no longer listed: {0}.', listWords(left)))); // prettier-ignore
  const hidden = new Set(dataCentres.map(({ HiddenToNewProjects }) => kindOf(HiddenToNewProjects)));
  if (dataCentres.length > 0)
    notes.add(finding('6', 'answer', 'hidden-kind', '/dcLocation', t('HiddenToNewProjects is {0}.', listWords(hidden))));
};

const isProviders = (row: Row): boolean => row['Type'] === 'GoldServer' && (row['DCLocation'] ?? '') === '';

const texts = (rows: readonly Row[], field: string): string[] => rows.map((row) => row[field]).filter((value) => typeof value === 'string' && value !== '') as string[]; // prettier-ignore

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value);

function compare(
  notes: SurveyNotes,
  section: string,
  code: string,
  path: string,
  names: readonly string[],
  known: ReadonlySet<string>,
): void {
  if (names.length === 0) return;
  const added = names.filter((name) => !known.has(name));
  const gone = [...known].filter((name) => !names.includes(name));
  notes.expect(added.length === 0, () =>
    finding(section, 'new', `${code}-added`, path, t('Not in the list of 2023: {0}.', listWords(added))),
  );
  notes.expect(gone.length === 0, () =>
    finding(section, 'new', `${code}-gone`, path, t('In the list of 2023, but not here: {0}.', listWords(gone))),
  );
}

function expectUnique(notes: SurveyNotes, section: string, code: string, path: string, field: string, values: readonly string[]): void {
  if (values.length > 0) notes.expect(new Set(values).size === values.length, () => finding(section, 'different', code, path, t('{0} is not unique.', field))); // prettier-ignore
}
