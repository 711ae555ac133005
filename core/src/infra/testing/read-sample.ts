import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { Text } from '#schemas/text/text.ts';
import { readInfraFile, type InfraReading } from '../read-infra-file.ts';
import { resolveInfra } from '../resolve/resolve-infra.ts';
import { createMemoryFiles, type MemoryFile } from './memory-files.ts';
import { sampleCatalog } from './sample-catalog.ts';

/** Path of the main file in tests. */
export const SAMPLE_PATH = '/project/infra.yaml';

/** First lines of a file whose servers need nothing else. */
export const sampleHead = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
`;

/** Reads a text as the main file. Other files are named by their path relative to it. */
export function readSample(text: string, files: Readonly<Record<string, MemoryFile>> = {}): Promise<InfraReading> {
  const others = Object.entries(files).map(([name, content]) => [name.startsWith('/') ? name : `/project/${name}`, content]);
  return readInfraFile(createMemoryFiles({ [SAMPLE_PATH]: text, ...Object.fromEntries(others) }), SAMPLE_PATH);
}

/** Every problem of a text after the sample head, also those against the sample catalogue, as `line:column code — detail`. */
export async function listProblems(text: string, files: Readonly<Record<string, MemoryFile>> = {}): Promise<readonly string[]> {
  const reading = await readSample(sampleHead + text, files);
  const resolved = reading.value ? resolveInfra(reading.value, sampleCatalog).diagnostics : [];
  return [...reading.diagnostics, ...resolved].map((diagnostic) => printProblem(diagnostic, 3));
}

/** The English of a text. The real renderer belongs to the surfaces, which this folder may not import. */
function render({ text, args = [], plural }: Text): string {
  const message = plural?.count === 1 ? plural.one : text;
  return message.replace(/\{(\d+)\}/g, (_, index: string) => {
    const arg = args[Number(index)] ?? '';
    return typeof arg === 'object' ? render(arg) : String(arg);
  });
}

/** A problem in one line. Lines count from `firstLine`. */
export function printProblem({ code, source, detail }: Diagnostic, firstLine = 0): string {
  const file = source && source.file !== SAMPLE_PATH ? `${source.file.split('/').at(-1)}:` : '';
  const line = source ? source.start.line - (file === '' ? firstLine : 0) : -1;
  return `${file}${line}:${source?.start.character} ${code} — ${render(detail)}`;
}
