import { type Command, Option } from 'commander';
import { t, type Text } from '#schemas/text/text.ts';
import { useSandboxPanel } from '#sandbox/daemon/command-sandbox.ts';
import { type PanelAnswer, type PanelInput, type PanelKind, panelKinds } from '#sandbox/panel/panel-request.ts';
import { SandboxProblem } from '#sandbox/errors/sandbox-problem.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';
import { findByAddress, type PanelTarget, readPanelTarget } from './find-panel-target.ts';
import { toFolder } from './sandbox-options.ts';

interface PanelOptions {
  readonly state: string;
  readonly kind: PanelKind;
  readonly file?: string;
}

/** `ict sandbox change|rename|delete|create`: the person who uses the provider's panel while ict is not looking. */
export function addSandboxPanelCommands(sandbox: Command, host: CliHost, withState: (command: Command) => Command): void {
  const { render } = host;
  const add = (name: string): Command =>
    withState(sandbox.command(name)).addOption(
      new Option('--kind <kind>', render(t('kind of the object'))).choices(panelKinds).default('server'),
    );
  const addTargeted = (name: string): Command =>
    add(name)
      .argument('<object>', render(t('id, name in the panel, or address of the infra file such as server.web-1')))
      .option('-f, --file <file>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')));
  const settings = render(t('what to set, such as cpu=4 or power=off'));

  addTargeted('change')
    .argument('<setting...>', settings)
    .description(render(t('change an object as a person in the panel does')))
    .action(async (word: string, pairs: string[], options: PanelOptions, self: Command) => {
      const values = readPairs(pairs);
      await act(
        host,
        word,
        options,
        self,
        (target) => ({ do: 'change', ...target, values }),
        (name, id) => t('Changed: {0} (id {1})', name, id),
      );
    });
  addTargeted('rename')
    .argument('<name>', render(t('new name')))
    .description(render(t('rename an object in the panel')))
    .action(async (word: string, name: string, options: PanelOptions, self: Command) => {
      await act(
        host,
        word,
        options,
        self,
        (target) => ({ do: 'rename', ...target, name }),
        (now, id) => t('Renamed: {0} (id {1})', now, id),
      );
    });
  addTargeted('delete')
    .description(render(t('delete an object in the panel')))
    .action(async (word: string, options: PanelOptions, self: Command) => {
      await act(
        host,
        word,
        options,
        self,
        (target) => ({ do: 'delete', ...target }),
        (name, id) => t('Deleted: {0} (id {1})', name, id),
      );
    });
  add('create')
    .argument('<name>', render(t('name in the panel')))
    .argument('[setting...]', settings)
    .description(render(t('create an object in the panel')))
    .action(async (name: string, pairs: string[], { state, kind }: PanelOptions, self: Command) => {
      const answer = await useSandboxPanel(toFolder(host, state), { do: 'create', kind, name, values: readPairs(pairs) });
      show(host, self, answer, t('Created: {0} (id {1})', answer.name, answer.id));
    });
}

/** Does it by the panel's name first; a name that only the infra file knows is its address. */
async function act(
  host: CliHost,
  word: string,
  { state, kind, file }: PanelOptions,
  self: Command,
  toRequest: (target: PanelTarget) => PanelInput,
  toText: (name: string, id: number) => Text,
): Promise<void> {
  const folder = toFolder(host, state);
  const target = await readPanelTarget(host, word, kind, file);
  const send = (one: PanelTarget): Promise<PanelAnswer> => useSandboxPanel(folder, toRequest(one));
  const answer = await send(target).catch(async (error: unknown) => {
    const recorded =
      error instanceof SandboxProblem && error.code === 'no-such-object' ? await findByAddress(host, target, file) : undefined;
    if (recorded === undefined) throw error;
    return send(recorded);
  });
  show(host, self, answer, toText(answer.name, answer.id));
}

function show(host: CliHost, self: Command, answer: PanelAnswer, text: Text): void {
  if (self.optsWithGlobals<GlobalOptions>().json === true) host.io.out(`${JSON.stringify(answer)}\n`);
  else host.say(text);
}

function readPairs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const sign = pair.indexOf('=');
      if (sign < 1) throw new UsageError(t('Expected key=value, not {0}.', pair));
      return [pair.slice(0, sign), pair.slice(sign + 1)];
    }),
  );
}
