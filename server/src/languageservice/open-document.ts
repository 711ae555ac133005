import type { InfraAnalysis } from './diagnostics/infra-analysis.ts';
import type { InfraDocumentModel } from './document/infra-document-model.ts';

/** An infra file that the editor has open: what every language feature works on. */
export interface OpenDocument {
  /** As the editor names it; of an untitled document too. */
  readonly uri: string;
  readonly model: InfraDocumentModel;
  readonly analysis: InfraAnalysis;
}
