import * as z from 'zod';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { DEFAULT_ENDPOINT } from '#schemas/settings/settings.ts';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import { hostOf } from '../context/account-label.ts';
import { runShown, showFailure } from '../context/run-shown.ts';
import { parseJson } from '../../operations/parse-json.ts';
import { openStorage } from '../context/workspace-files.ts';
import { window } from '../../text/editor-window.ts';

const accountAnswer = z.object({ email: z.string().optional(), id: z.number().optional(), balance: z.number().optional() });

/** Handlers of signing in and out, and of choosing an account. */
export const accountCommands = {
  /** Asks for a token, checks it with the provider, and stores it in the editor's secret storage. */
  'ict.signIn': async (context: ClientContext) => {
    const { render, accounts } = context;
    const name = await window.showInputBox({
      title: render(t('Sign in to 1cloud (1/3)')),
      prompt: render(t('Name of the account, to tell several apart')),
      value: accounts.list.length === 0 ? 'default' : '',
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === '' ? render(t('A name is expected.')) : undefined),
    });
    if (name === undefined) return;
    const endpoint = await window.showInputBox({
      title: render(t('Sign in to 1cloud (2/3)')),
      prompt: render(t('Address of the API')),
      value: process.env['ONECLOUD_ENDPOINT'] ?? DEFAULT_ENDPOINT,
      ignoreFocusOut: true,
      validateInput: (value) =>
        z.url().safeParse(value).success ? undefined : render(t('An address is expected, such as https://api.1cloud.ru.')),
    });
    if (endpoint === undefined) return;
    const token = await window.showInputBox({
      title: render(t('Sign in to 1cloud (3/3)')),
      prompt: render(t('Token from the account page of the panel')),
      password: true,
      ignoreFocusOut: true,
    });
    if (token === undefined || token.trim() === '') return;
    await signIn(context, { name: name.trim(), endpoint: endpoint.replace(/\/+$/, '') }, token.trim());
  },
  'ict.signOut': async (context: ClientContext) => {
    const { accounts, render } = context;
    const { current } = accounts;
    if (!current) {
      void window.showInformationMessage(render(t('Nobody is signed in here.')));
      return;
    }
    await accounts.remove(current.name);
    void window.showInformationMessage(render(t('Signed out of {0}.', current.name)));
  },
  'ict.switchAccount': async (context: ClientContext) => {
    const { accounts, render } = context;
    const another = { label: `$(add) ${render(t('Sign in to another account'))}`, name: undefined };
    const picked = await window.showQuickPick(
      [
        ...accounts.list.map(({ name, email, endpoint }) => ({
          label: `${name === accounts.current?.name ? '$(check) ' : ''}${name}`,
          description: [email, hostOf(endpoint)].filter(Boolean).join(' · '),
          name: name as string | undefined,
        })),
        another,
      ],
      { placeHolder: render(t('Account of this workspace')) },
    );
    if (!picked) return;
    if (picked.name === undefined) await accountCommands['ict.signIn'](context);
    else await accounts.use(picked.name);
  },
} as const;

async function signIn(context: ClientContext, account: { readonly name: string; readonly endpoint: string }, token: string): Promise<void> {
  const { accounts, render, log } = context;
  const variables = { ONECLOUD_TOKEN: token, ONECLOUD_ENDPOINT: account.endpoint };
  const title = render(t('Checking the token'));
  const result = await runShown(context, title, ['account', '--json'], await openStorage(context), variables);
  if (!result) return;
  const answer = parseJson(accountAnswer, result.stdout);
  if (result.exitCode !== 0 || !answer) {
    log.error(result.stderr);
    if (result.exitCode === exitCodes.authentication)
      showFailure(context, t('The provider does not accept that token. Copy it again from the account page of the panel.'), 'signIn');
    else showFailure(context, t('The token could not be checked: {0}', result.stderr.trim()), 'log');
    return;
  }
  await accounts.add({ ...account, ...(answer.email === undefined ? {} : { email: answer.email }) }, token);
  void window.showInformationMessage(render(t('Signed in as {0}.', answer.email ?? account.name)));
}
