import { describe, expect, test } from 'vitest';
import { t, tn } from '#schemas/text/text.ts';
import { createTextRenderer, pickLanguage } from './render-text.ts';

const russian = createTextRenderer('ru', {
  'Deleted {0}': 'Удалено: {0}',
  '{0} servers#one': '{0} сервер',
  '{0} servers#few': '{0} сервера',
  '{0} servers#many': '{0} серверов',
});
const english = createTextRenderer('en');

describe('createTextRenderer', () => {
  test.each([
    [1, '1 server', '1 сервер'],
    [2, '2 servers', '2 сервера'],
    [5, '5 servers', '5 серверов'],
    [11, '11 servers', '11 серверов'],
    [21, '21 servers', '21 сервер'],
    [104, '104 servers', '104 сервера'],
  ])('counts %i in both languages', (count, inEnglish, inRussian) => {
    const text = tn(count, '{0} server', '{0} servers');
    expect(english(text)).toBe(inEnglish);
    expect(russian(text)).toBe(inRussian);
  });

  test('renders a nested text in the same language', () => {
    expect(russian(t('Deleted {0}', tn(3, '{0} server', '{0} servers')))).toBe('Удалено: 3 сервера');
  });

  test('shows English where the catalogue has no entry, and nothing for a missing argument', () => {
    expect(russian(t('Untranslated {0}{1}', 'x'))).toBe('Untranslated x');
  });

  test('does not expand placeholders inside arguments', () => {
    expect(english(t('{0} and {1}', '{1}', 'b'))).toBe('{1} and b');
  });
});

test.each([
  [['ru_RU.UTF-8'], 'ru'],
  [['', undefined, 'ru'], 'ru'],
  [['en_US.UTF-8', 'ru'], 'en'],
  [['C.UTF-8'], 'en'],
  [[undefined], 'en'],
  [['rus'], 'en'],
] as const)('pickLanguage(%j) is %s', (locales, language) => {
  expect(pickLanguage(...locales)).toBe(language);
});
