import { bundledPlaybooks, type BundledPlaybookInfo } from '#schemas/infra/bundled-playbooks.ts';

/** Whether a word of `playbooks` is a path: it has a slash or the ending of a YAML file. Any other is a bundled playbook's name. */
export const isPlaybookPath = (word: string): boolean => /[\\/]|\.ya?ml$/i.test(word);

/** Names of the playbooks that ict ships. */
export const bundledNames: readonly string[] = bundledPlaybooks.map(({ name }) => name);

/** The bundled playbook of a name. */
export const findBundled = (name: string): BundledPlaybookInfo | undefined => bundledPlaybooks.find((playbook) => playbook.name === name);
