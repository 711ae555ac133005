import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { convertOldFormat } from '#core/infra/convert/convert-old-format.ts';
import { parseYaml } from '#core/infra/parse/parse-yaml.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { type ConvertedFile, oldInfraFile, type OldTemplate, oldTemplate } from '#schemas/infra/old-format.ts';
import { t, verbatim } from '#schemas/text/text.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';

/** Largest file that is read. */
const MAX_BYTES = 8 * 1024 * 1024;

/** `ict convert FILE`: an infra file of the earlier ict becomes one of format 1. The old file stays. */
export function addConvertCommand(program: Command, host: CliHost): void {
  const { render } = host;
  program
    .command('convert')
    .argument('<file>', render(t('infra file of the earlier ict, with VDC_options and Servers')))
    .description(render(t('write an infra file of today from one of the earlier ict; the old file stays')))
    .option('--out <path>', render(t('where to write it; NAME.infra.yaml beside the folder `templates` without it')))
    .action(async (word: string, { out }: { out?: string }, self: Command) => {
      const { file, remarks } = await convert(host, resolve(host.io.cwd, word), out);
      const globals: GlobalOptions = self.optsWithGlobals();
      if (globals.json === true) {
        host.printJson({ file, remarks } satisfies ConvertedFile);
        return;
      }
      for (const remark of remarks) host.complain(remark);
      host.say(t('Written: {0}. What differs from the panel: ict plan', verbatim(relative(host.io.cwd, file) || file)));
    });
}

/** Writes the new file. Throws `UsageError` when the old one is none, or the new one is there already. */
async function convert(host: CliHost, path: string, out: string | undefined): Promise<ConvertedFile> {
  const text = await readText(path);
  if (text === undefined) throw new UsageError(t('There is no file {0}.', path));
  const old = oldInfraFile.safeParse(parseYaml(path, text).value);
  if (!old.success || !/^\s+VDC_options\s*:/m.test(text)) throw new UsageError(t('{0} is no infra file of the earlier ict.', path));
  const root = findRoot(path);
  const name = basename(path).replace(/\.ya?ml$/i, '');
  const names = new Set(
    Object.values(old.data).flatMap(({ Servers }) => Servers.flatMap((one) => Object.values(one).map(({ template }) => template))),
  );
  const templates = await readTemplates(join(root, 'templates'), names);
  const project =
    name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'project';
  const { text: converted, remarks } = convertOldFormat(old.data, project, templates);
  const target = out === undefined ? join(root, `${project}.infra.yaml`) : resolve(host.io.cwd, out);
  if (await nodeFileReader.exists(target)) throw new UsageError(t('{0} is there already: nothing was written.', target));
  await writeFile(target, converted);
  return { file: target, remarks: [...remarks] };
}

/** The folder in which `templates` lies; that of the file where it lies in none. */
function findRoot(path: string): string {
  const parts = dirname(path).split(sep);
  const at = parts.lastIndexOf('templates');
  return at > 0 ? parts.slice(0, at).join(sep) : dirname(path);
}

/** Finds `NAME.yml` anywhere below the folder, as the earlier ict did. */
async function readTemplates(folder: string, names: ReadonlySet<string>): Promise<ReadonlyMap<string, OldTemplate>> {
  const found = new Map<string, OldTemplate>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const name = entry.name.replace(/\.yml$/, '');
    if (!entry.isFile() || entry.name === name || !names.has(name) || found.has(name)) continue;
    const template = oldTemplate.safeParse(parseYaml(entry.name, (await readText(join(entry.parentPath, entry.name))) ?? '').value);
    if (template.success) found.set(name, template.data);
  }
  return found;
}

async function readText(path: string): Promise<string | undefined> {
  const bytes = await nodeFileReader.read(path, MAX_BYTES);
  return bytes && new TextDecoder().decode(bytes);
}
