import type { PlaybookVariable } from '#schemas/playbooks/describe-variables.ts';

/** The default of a playbook's variable as it would stand in the file; undefined when it has none, or an empty text. */
export const formatDefault = ({ defaultValue }: Pick<PlaybookVariable, 'defaultValue'>): string | undefined => {
  if (defaultValue === undefined || defaultValue === '') return undefined;
  return typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue);
};
