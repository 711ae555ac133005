import type { Command } from 'commander';
import { t } from '#schemas/text/text.ts';
import { type CliHost, UsageError } from '../terminal/host.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

/** `ict completion SHELL`: a script made from the commands themselves, so that it never lags behind them. */
export function addCompletionCommand(program: Command, host: CliHost): void {
  program
    .command('completion')
    .argument('<shell>', shells.join(', '))
    .description(host.render(t('print a completion script for the shell')))
    .action((shell: string) => {
      const script = renderCompletion(program, shell);
      if (script === undefined) throw new UsageError(t('Completion exists for {0}.', shells.join(', ')));
      host.printFile(script);
    });
}

/** The words that may follow each command path: `power` → `start stop reboot --yes …`. */
export function listCompletions(program: Command): Map<string, readonly string[]> {
  const table = new Map<string, readonly string[]>();
  const globals = program.options.map((option) => option.long ?? '').filter((name) => name !== '');
  const visit = (command: Command, path: string): void => {
    const subcommands = command.commands.map((sub) => sub.name());
    const options = command.options.map((option) => option.long ?? '').filter((name) => name !== '');
    table.set(path, [...subcommands, ...(command === program ? [] : options), ...globals, '--help']);
    for (const sub of command.commands) visit(sub, `${path} ${sub.name()}`.trim());
  };
  visit(program, '');
  return table;
}

function renderCompletion(program: Command, shell: string): string | undefined {
  const table = listCompletions(program);
  const rows = [...table].map(([path, words]) => `    "${path}") words="${words.join(' ')}" ;;`).join('\n');
  const bash = `# bash completion of ict:  source <(ict completion bash)
_ict() {
  local path="" word words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case " ${[...table.keys()]
      .flatMap((path) => path.split(' '))
      .filter(unique)
      .join(' ')} " in *" $word "*) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${rows}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _ict ict
`;
  if (shell === 'bash') return bash;
  if (shell === 'zsh') return `#compdef ict\nautoload -U +X bashcompinit && bashcompinit\n${bash}`;
  if (shell === 'fish') {
    return [...table].flatMap(([path, words]) => words.map((word) => fishLine(path, word, table))).join('');
  }
  return undefined;
}

function fishLine(path: string, word: string, table: ReadonlyMap<string, readonly string[]>): string {
  const seen = path.split(' ').filter((part) => part !== '');
  const others = (table.get(path) ?? []).filter((item) => !item.startsWith('--'));
  const condition = [
    ...seen.map((part) => `__fish_seen_subcommand_from ${part}`),
    ...(others.length > 0 ? [`not __fish_seen_subcommand_from ${others.join(' ')}`] : []),
  ].join('; and ');
  const guard = condition === '' ? '' : ` -n '${condition}'`;
  return word.startsWith('--') ? `complete -c ict${guard} -l ${word.slice(2)}\n` : `complete -c ict -f${guard} -a ${word}\n`;
}

const unique = (value: string, index: number, all: readonly string[]): boolean => value !== '' && all.indexOf(value) === index;
