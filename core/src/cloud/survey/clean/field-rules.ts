/** What becomes of a field's value in a transcript. */
export type FieldRule = 'hide' | 'email' | 'person' | 'key' | 'amount' | 'keep' | 'message' | 'name';

/** The provider's own words, the same for every account. */
const vocabulary = new Set(
  [
    'State', 'Type', 'LinkState', 'NetworkType', 'HDDType', 'ImageFamily', 'Family', 'DCLocation', 'TechTitle', 'ShortTitle', 'Country',
    'City', 'OperatingSystemType', 'HiddenToNewProjects', 'NetworkCapacity', 'Protocol', 'Action', 'DefaultRuleAction',
    'TypeRecord', 'EncryptionType', 'Currency',
  ].map((field) => field.toLowerCase()),
); // prettier-ignore

const patterns: readonly (readonly [RegExp, FieldRule])[] = [
  [/passw|secret|token|sharedkey|apikey|credential|connection$|cookie|session|passport/i, 'hide'],
  [/mail|^login$|^username$/i, 'email'],
  [/^(?:first|last|middle|full|sur|user|owner|customer|client|contact|company|legal)_?name$|phone|^owner$|^inn$|^kpp$/i, 'person'],
  [/^publickey$/i, 'key'],
  [/balance|^(?:real|bonus|test)$|price|cost|amount|debt|payment|^sum$/i, 'amount'],
  [/^(?:message|exceptionmessage|modelstate)$/i, 'message'],
];

/**
 * The rule of a field by its name. What is not known to be the provider's own word is a name, and so gets a stand-in: an unknown field may
 * hold anything.
 */
export const ruleOf = (field: string): FieldRule =>
  vocabulary.has(field.toLowerCase()) ? 'keep' : (patterns.find(([pattern]) => pattern.test(field))?.[1] ?? 'name');
