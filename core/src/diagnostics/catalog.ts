import { cloudCodes } from './catalog/cloud-codes.ts';
import { fileCodes } from './catalog/file-codes.ts';
import { keyCodes } from './catalog/key-codes.ts';
import { playbookCodes } from './catalog/playbook-codes.ts';
import { referenceCodes } from './catalog/reference-codes.ts';
import { serverCodes } from './catalog/server-codes.ts';
import { shapeCodes } from './catalog/shape-codes.ts';
import { watchingCodes } from './catalog/watching-codes.ts';
import { yamlCodes } from './catalog/yaml-codes.ts';
import type { CodeInfo } from './catalog/code-info.ts';

/** Every diagnostic code, by area. A code is public: users write it into ignore lists and links, so it never changes its meaning. */
export const diagnosticCatalog = {
  ...fileCodes,
  ...yamlCodes,
  ...shapeCodes,
  ...referenceCodes,
  ...serverCodes,
  ...keyCodes,
  ...watchingCodes,
  ...playbookCodes,
  ...cloudCodes,
} as const satisfies Readonly<Record<string, CodeInfo>>;

export type DiagnosticCode = keyof typeof diagnosticCatalog;

/** All codes in the order of the catalogue. */
export const diagnosticCodes = Object.keys(diagnosticCatalog) as readonly DiagnosticCode[];
