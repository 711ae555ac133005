import { type BundledPlaybook, bundledPlaybooks } from '#schemas/playbooks/bundled-playbooks.ts';

/** Names of the playbooks that ict ships. */
export const bundledNames: readonly string[] = bundledPlaybooks.map(({ name }) => name);

/** The bundled playbook of a name. */
export const findBundled = (name: string): BundledPlaybook | undefined => bundledPlaybooks.find((playbook) => playbook.name === name);
