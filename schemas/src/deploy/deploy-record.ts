import * as z from 'zod';
import { hostStats } from '../ansible/callback-event.ts';
import { runVerdicts } from '../events/ansible-event.ts';
import { address } from '../infra/names.ts';

/** Version of the record's format. */
export const DEPLOY_FORMAT = 1;

/** What it was: a deploy, the metrics agent after an apply, or one command by `ict run`. */
export const deployKinds = ['deploy', 'agent', 'command'] as const;
export type DeployKind = (typeof deployKinds)[number];

/** What a host's deploy came to. `skipped`: an earlier playbook failed there, or the deploy was cancelled before it. */
export const hostOutcomes = ['ok', 'failed', 'unreachable', 'skipped'] as const;
export type HostOutcome = (typeof hostOutcomes)[number];

/** One run of `ansible-playbook` within a deploy. */
export const playbookRecord = z.object({
  playbook: z.string(),
  tags: z.array(z.string()),
  hosts: z.array(z.string()),
  verdict: z.enum(runVerdicts),
  elapsedMs: z.number(),
  stats: z.record(z.string(), hostStats),
  /** The command as it can be pasted into a shell; without secrets, as the inventory is. */
  shellCommand: z.string(),
});
export type PlaybookRecord = z.output<typeof playbookRecord>;

/** `.ict/PROJECT/deploys/RUN/deploy.json`: a finished deploy. Its events stand beside it in `events.ndjson`. */
export const deployRecord = z.object({
  format: z.literal(DEPLOY_FORMAT),
  run: z.string(),
  kind: z.enum(deployKinds),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  command: z.string(),
  exitCode: z.number(),
  isCheck: z.boolean(),
  /** What it was limited to, as it was asked for; empty: every server. */
  limit: z.array(z.string()).default([]),
  versions: z.object({ ict: z.string(), ansible: z.string() }),
  /** Outcome of each host, and the address it belongs to. */
  hosts: z.record(z.string(), z.object({ address, outcome: z.enum(hostOutcomes) })),
  playbooks: z.array(playbookRecord),
});
export type DeployRecord = z.output<typeof deployRecord>;
