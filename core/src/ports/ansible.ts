import type { CallbackEvent } from '#schemas/ansible/callback-event.ts';
import type { RunVerdict } from '#schemas/events/ansible-event.ts';
import type { Text } from '#schemas/text/text.ts';

/** What one run of `ansible-playbook` is given. Paths are absolute. */
export interface PlaybookRequest {
  /** Path of a playbook, or name of a bundled one. */
  readonly playbook: string;
  readonly isBundled: boolean;
  /** Inventory files; variables of later ones win. */
  readonly inventories: readonly string[];
  /** File with the hosts it is limited to, one to a line. */
  readonly limitFile: string;
  readonly hostCount: number;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  /** Dry run that shows differences. */
  readonly isCheck: boolean;
  /** 0 to 4, as `-v` … `-vvvv`. */
  readonly verbosity: number;
  readonly vaultPasswordFile?: string;
  /** Folder of the infra file: an `ansible.cfg` there counts for the user's own playbooks, and relative paths of playbooks start there. */
  readonly folder: string;
}

/** What is told while it runs. */
export interface PlaybookListener {
  onEvent(event: CallbackEvent): void;
  /** A line for people, without colour codes and line end. */
  onLine(text: string, stream: 'stdout' | 'stderr'): void;
}

export interface PlaybookOutcome {
  readonly verdict: RunVerdict;
  /** Exit code of the process; undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The same run by hand. */
  readonly shellCommand: string;
}

/** The `ansible.cfg` of a run. */
export interface AnsibleConfig {
  readonly path: string;
  /** Who named it: `ANSIBLE_CONFIG`, the folder of the infra file, or nobody, so that it is ours. */
  readonly from: 'environment' | 'project' | 'ict';
  /** One beside the infra file that does not count because everybody may write to its folder. */
  readonly ignored?: string;
}

/** Runs Ansible. Implemented in core/ansible. */
export interface Ansible {
  /** Version of ansible-core, such as `2.14.18`. Throws {@link AnsibleError}. */
  version(signal: AbortSignal): Promise<string>;
  /** The configuration it would run with. */
  configOf(request: Pick<PlaybookRequest, 'folder' | 'isBundled'>): Promise<AnsibleConfig>;
  /** Whether it parses: undefined, or what Ansible says against it. Touches no host. */
  checkSyntax(request: PlaybookRequest, signal: AbortSignal): Promise<string | undefined>;
  /** Runs it to its end; stopped, it resolves with `cancelled` when Ansible and everything it has started are gone. */
  run(request: PlaybookRequest, listener: PlaybookListener, signals: RunSignals): Promise<PlaybookOutcome>;
}

/** `stop` asks Ansible to end, and kills it when it does not within seconds; `abort` kills at once. */
export interface RunSignals {
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
}

/** Ansible cannot be used. */
export class AnsibleError extends Error {
  override readonly name = 'AnsibleError';
  readonly code: 'not-installed' | 'unusable' | 'playbooks-missing';
  readonly text: Text;

  constructor(code: AnsibleError['code'], text: Text, cause?: unknown) {
    super(text.text, cause === undefined ? undefined : { cause });
    this.code = code;
    this.text = text;
  }
}
