import { kindOf } from '#core/infra/validate/schema-kind.ts';
import { infraFile } from '#schemas/infra/infra-file.ts';
import type * as z from 'zod';

/** Every place of the format as a pattern: `servers.*.playbooks.#.tags.#`. Alternatives are all followed. */
export function listPatterns(schema: z.ZodType = infraFile, pattern = ''): readonly string[] {
  const kind = kindOf(schema);
  const below = (name: string, child: z.ZodType): readonly string[] => {
    const path = pattern === '' ? name : `${pattern}.${name}`;
    return [path, ...listPatterns(child, path)];
  };
  switch (kind.kind) {
    case 'mapping':
      return Object.entries(kind.shape).flatMap(([name, child]) => below(name, child));
    case 'record':
      return kindOf(kind.value).kind === 'anything' ? [] : below('*', kind.value);
    case 'list':
      return below('#', kind.item);
    case 'union':
      return [...new Set(kind.options.flatMap((option) => listPatterns(option, pattern)))];
    default:
      return [];
  }
}
