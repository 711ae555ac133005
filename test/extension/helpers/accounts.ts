import { commands } from 'vscode';
import type { Person } from './person.ts';

/** Whom somebody signs in as. */
export interface Account {
  readonly name: string;
  readonly endpoint: string;
  readonly token: string;
}

/** Signs in as a person does: three fields, one after another. Resolves when the command has ended, however. */
export async function signIn(person: Person, { name, endpoint, token }: Account): Promise<void> {
  person.answer(/\(1\/3\)/, name);
  person.answer(/\(2\/3\)/, endpoint);
  person.answer(/\(3\/3\)/, token);
  await commands.executeCommand('ict.signIn');
}
