import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { systemClock } from '#core/platform/clock.ts';
import { DiskDocuments } from './disk-documents.ts';
import { toUri } from './document-paths.ts';
import { DocumentStore } from './document-store.ts';
import { Families } from './families.ts';
import type { TrackedDocument } from './tracked-document.ts';

/** Documents and families over files in memory. */
function openLab(onDisk: Record<string, string> = {}) {
  const documents = new DocumentStore();
  const files = createMemoryFiles(onDisk);
  const disk = new DiskDocuments(files, systemClock);
  disk.isWatched = true;
  const listFolder = (folder: string) =>
    Object.keys(onDisk)
      .filter((path) => path.slice(0, path.lastIndexOf('/')) === folder)
      .map((path) => ({ name: path.slice(folder.length + 1), isFolder: false }));
  const families = new Families({ documents, disk, files, listFolder });
  return {
    documents,
    families,
    open: (path: string, text: string): TrackedDocument => {
      const document = documents.open(toUri(path), 1, text);
      families.opened(document);
      return document;
    },
    edit: (document: TrackedDocument, text: string): void => {
      document.change(document.version + 1, [{ text }]);
      families.changed(document);
    },
    close: (document: TrackedDocument): void => {
      documents.close(document.uri);
      families.closed(document);
    },
    expire: (path: string): void => {
      disk.forget(path);
      families.expire();
    },
  };
}

type Lab = ReturnType<typeof openLab>;

const names = ['/p/a.yaml', '/p/b.yaml', '/p/c.yaml', '/p/d.yaml'] as const;
const includes = (list: readonly string[]): string =>
  `include: [${list.map((path) => path.slice(3)).join(', ')}]\nsizes: { s: { cpu: 1 } }\n`;

/** Who includes a path, by walking through everything. */
function findIncluders({ documents }: Lab, onDisk: Readonly<Record<string, string>>, path: string): readonly string[] {
  const listOf = (file: string): readonly string[] => {
    const text = documents.getByPath(file)?.model.text ?? onDisk[file] ?? '';
    const list = /^include: \[(.*)\]/.exec(text)?.[1] ?? '';
    return list === '' ? [] : list.split(', ').map((name) => `/p/${name}`);
  };
  const reach = (file: string): ReadonlySet<string> => {
    const found = new Set<string>(listOf(file));
    for (const one of found) for (const next of listOf(one)) found.add(next);
    return found;
  };
  return documents.all.map((document) => document.path).filter((file) => file !== path && reach(file).has(path));
}

const step = fc.record({
  what: fc.constantFrom('open', 'edit', 'close', 'write'),
  path: fc.constantFrom(...names),
  list: fc.subarray([...names]),
});

test('whatever is opened, edited, closed and written, the includers are those that a walk through all finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const onDisk: Record<string, string> = { '/p/c.yaml': includes(['/p/d.yaml']) };
      const lab = openLab(onDisk);
      for (const { what, path, list } of steps) {
        const document = lab.documents.getByPath(path);
        if (what === 'open' && !document) lab.open(path, includes(list));
        else if (what === 'edit' && document) lab.edit(document, includes(list));
        else if (what === 'close' && document) lab.close(document);
        else if (what === 'write') {
          onDisk[path] = includes(list);
          lab.expire(path);
        }
        for (const one of lab.documents.all) {
          const found = (await lab.families.includersOf(one)).map((includer) => includer.path).filter((file) => file !== one.path);
          expect(found.toSorted()).toEqual(findIncluders(lab, onDisk, one.path).toSorted());
        }
      }
    }),
    { numRuns: 300 },
  );
});

// A walk through all documents for each of them: a request got no answer within a minute.
describe('ten thousand open documents', () => {
  test('a change costs what the family of the document is', async () => {
    const lab = openLab();
    const shared = lab.open('/p/shared.yaml', 'sizes: { s: { cpu: 1 } }\n');
    const all = Array.from({ length: 10_000 }, (_, index) =>
      lab.open(`/p/f${index}.yaml`, index % 1000 === 0 ? 'include: [shared.yaml]\n' : 'sizes: { s: { cpu: 1 } }\n'),
    );
    expect((await lab.families.familyOf(shared)).members).toHaveLength(11);
    const [first, second] = all;
    if (!first || !second) throw new Error('no documents');
    const before = lab.families.followed;
    for (let run = 0; run < 100; run += 1) {
      lab.edit(second, `sizes: { s: { cpu: ${run} } }\n`);
      expect((await lab.families.familyOf(second)).isIncluded).toBe(false);
    }
    // Each edit of a whole text has a new `include` to look for, and none of the others is looked at.
    expect(lab.families.followed - before).toBeLessThanOrEqual(200);
    lab.edit(first, 'sizes: {}\n');
    expect(await lab.families.includersOf(shared)).toHaveLength(9);
  });

  test('nothing is kept of those that are closed', async () => {
    const lab = openLab();
    for (let index = 0; index < 1000; index += 1) lab.open(`/p/f${index}.yaml`, 'include: [shared.yaml]\n');
    const shared = lab.open('/p/shared.yaml', 'sizes: {}\n');
    expect(await lab.families.includersOf(shared)).toHaveLength(1000);
    for (const document of lab.documents.all) if (document !== shared) lab.close(document);
    expect(await lab.families.includersOf(shared)).toEqual([]);
    expect(lab.documents.folders).toEqual(['/p']);
    lab.close(shared);
    expect(lab.documents.folders).toEqual([]);
  });
});

test('a file on the disk that includes a document belongs to its family', async () => {
  const onDisk: Record<string, string> = { '/p/infra.yaml': `version: 1\nproject: p\n${includes(['/p/d.yaml'])}` };
  onDisk['/p/infra.yaml'] = 'include: [d.yaml]\nversion: 1\nproject: p\n';
  const lab = openLab(onDisk);
  const document = lab.open('/p/d.yaml', 'sizes: {}\n');
  expect(await lab.families.familyOf(document)).toMatchObject({ isIncluded: true });
  onDisk['/p/infra.yaml'] = 'version: 1\nproject: p\n';
  lab.expire('/p/infra.yaml');
  expect(await lab.families.familyOf(document)).toMatchObject({ isIncluded: false });
});
