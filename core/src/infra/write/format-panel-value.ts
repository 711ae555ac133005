import type { FieldValue } from '#schemas/plan/plan.ts';
import type { Catalog } from '#schemas/state/actual.ts';
import { formatRam } from '../rules/entries/hardware-limits.ts';
import { quoteScalar } from './quote-scalar.ts';

/**
 * A value of the panel as the infra file writes it best: with its unit, and with the public name of an image or data centre
 * where that name is the only one. Undefined for a value that is no single line.
 */
export function formatPanelValue(field: string, value: FieldValue, catalog: Catalog): string | undefined {
  if (Array.isArray(value)) return undefined;
  switch (field) {
    case 'cpu':
      return String(value);
    case 'ram':
      return formatRam(Number(value));
    case 'disk':
      return `${value} GB`;
    case 'dc': {
      const title = catalog.dataCentres.find(({ techTitle }) => techTitle === value)?.title;
      const isOnly = catalog.dataCentres.filter((other) => other.title === title).length === 1;
      return quoteScalar(isOnly && title !== undefined ? title : String(value));
    }
    case 'image': {
      const name = catalog.images.find((image) => image.name === value)?.displayName;
      const isOnly = catalog.images.filter(({ displayName }) => displayName === name).length === 1;
      return quoteScalar(isOnly && name !== undefined ? name : String(value));
    }
    default:
      return quoteScalar(String(value));
  }
}
