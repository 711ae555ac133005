import type { CodeLens, Command } from 'vscode-languageserver-types';
import { wallAgeMs } from '#core/ports/clock.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { toAddress, type Address } from '#schemas/infra/names.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { describeAge } from '../values/describe-age.ts';
import type { LastResult } from '../values/known-values.ts';
import { lensData, type LensArgument, type LensKind } from './lens-data.ts';

/** Gives a lens of {@link listLenses} its title and command. One of somebody else comes back as it is. */
export function resolveLens(document: OpenDocument, lens: CodeLens, request: LanguageRequest): CodeLens {
  const parsed = lensData.safeParse(lens.data);
  if (!parsed.success) return lens;
  const [uri, kind, target] = parsed.data;
  const argument: LensArgument = target === undefined ? { uri } : { uri, targets: [target] };
  return { ...lens, command: toCommand(document, kind, target, argument, request) };
}

/** Address of the document a lens belongs to, for whoever has to find it; undefined for a lens of somebody else. */
export const uriOfLens = ({ data }: CodeLens): string | undefined => lensData.safeParse(data).data?.[0];

function toCommand(
  document: OpenDocument,
  kind: LensKind,
  target: string | undefined,
  argument: LensArgument,
  request: LanguageRequest,
): Command {
  const { render } = request;
  switch (kind) {
    case 'plan':
      return { title: render(t('Plan')), command: 'ict.plan', arguments: [argument] };
    case 'apply':
      return { title: render(t('Apply')), command: 'ict.apply', arguments: [argument] };
    case 'deploy':
      return { title: render(t('Deploy')), command: 'ict.deploy', arguments: [argument] };
    case 'result': {
      const last = request.values.results.find((result) => isAbout(document, result, target));
      const title = last ? describeResult(last, request) : t('not run yet');
      return { title: render(title), command: 'ict.showLastResult', arguments: [argument] };
    }
    default:
      return kind satisfies never;
  }
}

const operations: Readonly<Record<LastResult['operation'], Text>> = { plan: t('Plan'), apply: t('Apply'), deploy: t('Deploy') };

function describeResult({ operation, finishedAtMs, summary, exitCode }: LastResult, request: LanguageRequest): Text {
  const age = describeAge(wallAgeMs(finishedAtMs, request.now), request.language);
  // A plan that finds changes is no failure.
  return exitCode === exitCodes.done || exitCode === exitCodes.changesPresent
    ? t('✓ {0}: {1}, {2}', operations[operation], summary, age)
    : t('✗ {0}: {1}, {2}', operations[operation], summary, age);
}

/** A run over the whole file is about everything in it; one over targets about what lies wholly in them. */
function isAbout(document: OpenDocument, { targets }: LastResult, target: string | undefined): boolean {
  if (targets === undefined) return true;
  if (target === undefined) return false;
  const wanted = listAddresses(document, target, new Set());
  const known = new Set<string>(targets);
  return wanted.length > 0 && wanted.every((address) => known.has(address));
}

/** Servers of an entry or group. A name that servers have means the servers. */
function listAddresses({ analysis, ...rest }: OpenDocument, name: string, seen: ReadonlySet<string>): readonly Address[] {
  const entry = analysis.expandedOf(name);
  if (entry) return entry.instances.map((instance) => toAddress('server', instance));
  const group = seen.has(name) ? undefined : analysis.definitions.infra.groups?.[name];
  if (group) return group.servers.flatMap((member) => listAddresses({ analysis, ...rest }, member, new Set([...seen, name])));
  return seen.size > 0 ? [toAddress('server', name)] : [];
}
