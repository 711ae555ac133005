import type { DocumentLink } from 'vscode-languageserver-types';
import { rangeOfUse, usesIn } from '../uses/chunk-uses.ts';
import { innerRange, type ResolvePath } from '../uses/find-uses.ts';
import type { OpenDocument } from '../open-document.ts';

/** Paths in a document that lead to files: includes, playbooks, public keys, the table of prices. */
export function listLinks({ uri, model }: OpenDocument, resolvePath: ResolvePath): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const chunk of model.chunks) {
    // Entries without anything that could be a path need no closer look.
    if (chunk.role === 'entry' && !(chunk.section === 'ssh_keys' || (chunk.section === 'servers' && chunk.text.includes('playbooks'))))
      continue;
    for (const use of usesIn(chunk)) {
      // A folder cannot be opened as a document.
      if (use.role !== 'path' || use.kind === 'source') continue;
      const target = resolvePath(use.name, uri);
      if (target !== undefined) links.push({ range: innerRange({ use, range: rangeOfUse(chunk, use) }), target });
    }
  }
  return links;
}
