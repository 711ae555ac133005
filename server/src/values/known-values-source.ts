import type { FileReader } from '#core/ports/files.ts';
import type { KnownValues } from '#server/languageservice/values/known-values.ts';
import type { OpenDocument } from '#server/languageservice/open-document.ts';
import { bundledPlaybooks } from '#schemas/playbooks/bundled-playbooks.ts';
import type { CloudValues } from './cloud-values.ts';
import type { ListFolder } from '../ports/server-ports.ts';
import type { PriceValues } from './price-values.ts';
import type { MetricsValues } from './metrics-values.ts';
import { findProject } from './project-place.ts';
import type { ResultValues } from './result-values.ts';

export interface KnownValuesParts {
  readonly cloud: CloudValues;
  readonly results: ResultValues;
  readonly prices: PriceValues;
  /** Undefined: the user has not asked for them. */
  readonly metrics: MetricsValues | undefined;
  readonly listFolder: ListFolder;
  readonly files: FileReader;
}

/**
 * What is known at this moment, for a document where the question is about one. Each part is looked up when a feature reads it, so that only a question
 * about the account has the account read.
 */
export function createKnownValues(parts: KnownValuesParts, document: OpenDocument | undefined): KnownValues {
  const { cloud, results, prices, metrics, listFolder, files } = parts;
  const values: KnownValues = {
    get results() {
      const place = document && findProject(document);
      return place ? results.resultsOf(place) : [];
    },
    playbooks: bundledPlaybooks,
    listFolder: (path) => document && listFolder(files.resolve(path === '' ? '.' : path, document.model.file)),
  };
  // An absent value must be no property at all for some readers, but asking for it must stay lazy.
  return Object.defineProperties(values, {
    catalog: { enumerable: true, get: () => cloud.catalog },
    live: { enumerable: true, get: () => cloud.live },
    metrics: { enumerable: true, get: () => document && metrics?.of(document.model.file) },
    prices: { enumerable: true, get: () => document && prices.tableOf(document) },
  });
}
