import { createFieldErrors, notFound } from '../errors/api-error.ts';
import { inputText, readInput } from '../http/lenient-input.ts';
import type { SandboxApp, RequestContext } from '../http/sandbox-app.ts';
import { nameToStore } from '../lies/changed-name.ts';
import { takeId } from '../store/counters.ts';
import type { StoredKey } from '../store/state-schema.ts';
import { viewKey } from '../views/server-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { noContent, readId, readRequestBody } from './find-object.ts';

const fields = { Title: inputText, PublicKey: inputText };

/** Formats of the provider's panel: four OpenSSH types, and RFC 4716. */
const openSsh = /^(?:ssh-rsa|ssh-dss|ecdsa-sha2-nistp256|ssh-ed25519)\s+[A-Za-z0-9+/]+={0,3}(?:\s.*)?$/;
const rfc4716 = /^---- BEGIN SSH2 PUBLIC KEY ----[\s\S]+---- END SSH2 PUBLIC KEY ----$/;

/** `/sshkey`. Keys only matter at the creation of a server. */
export const addSshKeyRoutes = (app: SandboxApp, context: SandboxContext): void => {
  const view = (c: RequestContext, key: StoredKey) => viewKey(key, context.faults.take('key-base64-only', c.get('facts')) !== undefined);

  app.get('/sshkey', (c) => {
    const isBase64Only = context.faults.take('key-base64-only', c.get('facts')) !== undefined;
    return c.json(context.history.seenBy(c.get('facts')).keys.map((key) => viewKey(key, isBase64Only)));
  });
  app.get('/sshkey/:id', (c) => c.json(view(c, findKey({ state: context.history.seenBy(c.get('facts')) }, c))));

  app.post('/sshkey', async (c) => {
    const input = readInput(await readRequestBody(c), fields);
    const errors = createFieldErrors();
    if (/[<>&]/.test(input.Title)) errors.add('Title', 'Title may not hold the characters <, > and &.');
    if (/[<>&]/.test(input.PublicKey)) errors.add('PublicKey', 'PublicKey may not hold the characters <, > and &.');
    else if (!openSsh.test(input.PublicKey) && !rfc4716.test(input.PublicKey)) errors.add('PublicKey', 'PublicKey is not a valid SSH key.');
    errors.throwIfAny();
    const key: StoredKey = {
      id: takeId(context.state, 'key'),
      title: nameToStore(input.Title, c.get('facts'), context.faults),
      publicKey: input.PublicKey,
    };
    context.state.keys.push(key);
    return c.json(view(c, key));
  });

  app.delete('/sshkey/:id', (c) => {
    const key = findKey(context, c);
    context.state.keys = context.state.keys.filter((one) => one !== key);
    return c.body(null, 200, noContent);
  });
};

function findKey(context: Pick<SandboxContext, 'state'>, c: RequestContext): StoredKey {
  const id = readId(c, 'id');
  const key = context.state.keys.find((one) => one.id === id);
  if (key === undefined) throw notFound('SSH key');
  return key;
}
