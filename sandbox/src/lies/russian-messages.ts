/**
 * The API's words in Russian. One answer of the real API in Russian is on record (a duplicate DNS record); these follow its style and
 * are ours.
 */
const messages: readonly (readonly [english: RegExp, russian: string])[] = [
  [/^Server not found$/, 'Сервер не найден'],
  [/^Action not found$/, 'Действие не найдено'],
  [/^Image not found$/, 'Образ не найден'],
  [/^Network not found$/, 'Сеть не найдена'],
  [/^SSH key not found$/, 'SSH-ключ не найден'],
  [/^The (?:image|network|server|link) was not found\.$/, 'Указанный объект не найден.'],
  [/^The request is invalid\.$/, 'Неверный запрос.'],
  [/^Server is not active$/, 'Сервер не активен'],
  [/^The network has linked servers$/, 'К сети подключены серверы'],
  [/^The disk cannot be made smaller\.$/, 'Размер диска нельзя уменьшить.'],
  [/^The .+ field is required\.$/, 'Поле обязательно для заполнения.'],
  [/^Too many requests\.$/, 'Слишком много запросов.'],
  [/^Authorization has been denied for this request\.$/, 'Авторизация отклонена.'],
];

/** An error body with its messages in Russian; a message without a translation says that an error has occurred. */
export const toRussian = (value: unknown): unknown => {
  if (typeof value === 'string') return messages.find(([english]) => english.test(value))?.[1] ?? 'Произошла ошибка.';
  if (Array.isArray(value)) return value.map(toRussian);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toRussian(item)]));
};
