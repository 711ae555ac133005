import type { StoredDataCentre } from '../store/state-schema.ts';

/** What an unknown or missing `DCLocation` ends in, without an error (a recorded answer of 2023). */
export const DEFAULT_DATA_CENTRE = 'SdnSpb';

type Row = readonly [title: string, techTitle: string, shortTitle: string, low: boolean, high: boolean, country: string, city: string];

/** Titles, codes and pools of the provider's list of 24 April 2023. Countries and cities beyond the first row are ours. */
const rows: readonly Row[] = [
  ['Xelent', 'SdnSpb', 'СПБ', true, true, 'Россия', 'Санкт-Петербург'],
  ['Xelent-2', 'SdnSpb2', 'СПБ2', false, true, 'Россия', 'Санкт-Петербург'],
  ['Xelent-3', 'SdnSpb3', 'СПБ3', true, true, 'Россия', 'Санкт-Петербург'],
  ['DataSpace', 'DsMsk', 'МСК', true, true, 'Россия', 'Москва'],
  ['DataSpace-2', 'DsMsk2', 'МСК2', false, true, 'Россия', 'Москва'],
  ['Ahost', 'AhKz', 'АЛА', true, true, 'Казахстан', 'Алматы'],
  ['Ahost-2', 'AhKz02', 'АЛА2', false, true, 'Казахстан', 'Алматы'],
  ['ТТК', 'TtkKz', 'NUR', false, true, 'Казахстан', 'Астана'],
  ['beCloud', 'MinskBy', 'МНК', false, true, 'Беларусь', 'Минск'],
  ['beCloud-3', 'MinskBy3', 'МНК3', true, true, 'Беларусь', 'Минск'],
  ['Avantage', 'AvnMsk01', 'АВН', true, false, 'Россия', 'Москва'],
  ['МТС', 'Vld01', 'ВЛД', true, false, 'Россия', 'Владивосток'],
  ['МТС', 'Nsk01', 'НСК', true, false, 'Россия', 'Новосибирск'],
];

/** Data centres that offer SSD only (the provider's panel, 2019). */
const ssdOnly = new Set(['MinskBy']);

/** Id of the shared public network in the first data centre, as recorded in 2023; the others follow it. */
const FIRST_SHARED_NETWORK = 274;

export const defaultDataCentres: readonly StoredDataCentre[] = rows.map(
  ([title, techTitle, shortTitle, lowPool, highPool, country, city], index) => ({
    id: index + 1,
    title,
    techTitle,
    shortTitle,
    country,
    city,
    lowPool,
    highPool,
    backup: true,
    ssdOnly: ssdOnly.has(techTitle),
    sharedNetworkId: FIRST_SHARED_NETWORK + index,
  }),
);
