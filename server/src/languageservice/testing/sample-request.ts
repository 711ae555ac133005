import { readFileSync } from 'node:fs';
import { sampleCatalog } from '#core/infra/testing/sample-catalog.ts';
import { createTextRenderer, type Bundle, type Language } from '#core/text/render-text.ts';
import type { PlaybookVariable } from '#schemas/playbooks/describe-variables.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { verbatim } from '#schemas/text/text.ts';
import type { EditorAbilities, LanguageRequest } from '../language-request.ts';
import type { KnownValues } from '../values/known-values.ts';

/** The moment tests happen at: 23 January 2026, a Friday. */
export const SAMPLE_NOW = Date.UTC(2026, 0, 23, 12);

/** A variable of a playbook, a text unless said otherwise. */
export const sampleVariable = (name: string, summary: string, more: Partial<PlaybookVariable> = {}): PlaybookVariable => ({
  name,
  summary: verbatim(summary),
  type: 'str',
  isRequired: false,
  accepts: () => true,
  ...more,
});

const server: ActualServer = {
  id: 101,
  name: 'web-1',
  state: 'active',
  rawState: 'Active',
  isPowerOn: true,
  cpu: 1,
  ramMb: 4096,
  diskGb: 10,
  diskType: 'SSD',
  pool: 'base',
  dc: 'SdnSpb',
  image: 'Ubuntu20.04x64',
  ip: '192.0.2.7',
  links: [],
};

/** Everything around a document known, and fresh. */
export const sampleValues: KnownValues = {
  catalog: { value: sampleCatalog, readAtMs: SAMPLE_NOW },
  live: {
    readAtMs: SAMPLE_NOW,
    value: {
      servers: [server, { ...server, id: 102, name: 'legacy', cpu: 2, ip: undefined }],
      networks: [{ id: 201, name: 'office', state: 'active', rawState: 'Active', values: { dc: 'SdnSpb', dhcp: true }, serverIds: [102] }],
      keys: [],
    },
  },
  prices: { value: { prices: [{ cpu: 200, ram: 150, disk: { SSD: 10, SAS: 4 } }] }, readAtMs: SAMPLE_NOW },
  results: [],
  playbooks: [
    {
      name: 'nginx',
      summary: verbatim('Web server'),
      tags: ['nginx', 'config'],
      variables: [
        sampleVariable('http_port', 'Port of the site.', { type: 'int', defaultValue: 80 }),
        sampleVariable('nginx_proxy', 'Address to pass requests to.'),
        sampleVariable('nginx_tls', 'Whether TLS is spoken.', { type: 'bool', defaultValue: false }),
        sampleVariable('nginx_source', 'Where it comes from.', { choices: ['package', 'archive'], defaultValue: 'package' }),
      ],
    },
    { name: 'postgresql', summary: verbatim('Database server'), tags: ['postgresql'], variables: [] },
  ],
  listFolder: (path) => folders[path.replace(/\/$/, '')],
};

const folders: Readonly<Record<string, readonly { name: string; isFolder: boolean }[]>> = {
  '.': [
    { name: 'keys', isFolder: true },
    { name: 'playbooks', isFolder: true },
    { name: '.git', isFolder: true },
    { name: 'sizes.infra.yaml', isFolder: false },
    { name: 'prices.yaml', isFolder: false },
    { name: 'README.md', isFolder: false },
  ],
  keys: [
    { name: 'demo.pub', isFolder: false },
    { name: 'demo', isFolder: false },
  ],
  playbooks: [{ name: 'site.yml', isFolder: false }],
  '~/.ssh': [
    { name: 'id_ed25519', isFolder: false },
    { name: 'id_ed25519.pub', isFolder: false },
  ],
};

const full: EditorAbilities = { snippets: true, markdown: true, createFiles: true, hierarchicalSymbols: true, lineFoldingOnly: false };
/** The editor that can do the least. */
export const plainEditor: EditorAbilities = {
  snippets: false,
  markdown: false,
  createFiles: false,
  hierarchicalSymbols: false,
  lineFoldingOnly: true,
};

/** A request of an editor that can do everything, in English, with {@link sampleValues}. */
export function createRequest(change: Partial<LanguageRequest> = {}): LanguageRequest {
  const language: Language = change.language ?? 'en';
  return {
    render: createTextRenderer(language, language === 'ru' ? readRussian() : {}),
    language,
    values: sampleValues,
    now: SAMPLE_NOW,
    elapsed: SAMPLE_NOW,
    editor: full,
    signal: new AbortController().signal,
    ...change,
  };
}

const readRussian = (): Bundle => {
  const folder = new URL('../../../../l10n/ru/', import.meta.url);
  const parts = ['schemas.json', 'core.json', 'server-authoring.json', 'server-metrics.json'];
  return Object.assign({}, ...parts.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Bundle)) as Bundle;
};
