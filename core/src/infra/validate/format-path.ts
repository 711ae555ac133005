import type { ValuePath } from '../parse/position-tree.ts';

/** A path as people read it: `servers.web.playbooks[0].tags`. */
export const formatPath = (path: ValuePath): string =>
  path.reduce<string>(
    (text, segment) => (typeof segment === 'number' ? `${text}[${segment}]` : text === '' ? segment : `${text}.${segment}`),
    '',
  );
