import type { FilesSeen } from '#core/infra/rules/named-files.ts';
import { runForServers, serverRules } from '#core/infra/rules/run-rules.ts';
import type { Finding, RuleInput } from '#core/infra/rules/scope/rule.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { digest, type DefinitionShape } from './definition-shape.ts';
import { describeFiles } from './named-paths.ts';

/** What the rules say about one entry of `servers`, as far as it needs no other server; and what that depended on. */
export interface ServerFacts {
  readonly findings: readonly Finding[];
  /** Of each rule, in the order of {@link serverRules}. */
  readonly parts: readonly Part[];
}

interface Part {
  readonly key: string;
  readonly findings: readonly Finding[];
}

/** What entries are judged by. */
export interface ServerJudge {
  /** The file without its servers. */
  readonly input: RuleInput;
  readonly shape: DefinitionShape;
  readonly seen: FilesSeen;
}

/** An entry of `servers` without mistakes of form, and what was found about it before. */
export interface JudgedServer {
  readonly chunk: SoundChunk;
  readonly entry: ServerEntry;
  readonly before: ServerFacts | undefined;
}

const none: readonly Finding[] = [];

/** Runs the rules for some entries. Of what was found before about the same entry, the parts that nothing has changed for are taken over. */
export function judgeServers(servers: readonly JudgedServer[], { input, shape, seen }: ServerJudge): readonly ServerFacts[] {
  const parts = serverRules.map((rule, index) => {
    const keys = servers.map(({ chunk, entry }) => digest(rule, entry, shape) + (rule.needs === 'files' ? describeFiles(chunk, seen) : ''));
    const stale = servers.filter(({ before }, at) => before?.parts[index]?.key !== keys[at]);
    const entries = stale.map(({ chunk, entry }) => [chunk.content.name, entry] as const);
    const found = runForServers(rule, entries, input);
    let next = 0;
    return servers.map((server, at): Part => {
      const known = server.before?.parts[index];
      if (known && server !== stale[next]) return known;
      const findings = found[next] ?? none;
      next += 1;
      return { key: keys[at] ?? '', findings: findings.length === 0 ? none : findings };
    });
  });
  return servers.map((_server, at) => {
    const own = parts.flatMap((ofRule) => ofRule[at] ?? []);
    return { parts: own, findings: own.every(({ findings }) => findings === none) ? none : own.flatMap(({ findings }) => findings) };
  });
}
