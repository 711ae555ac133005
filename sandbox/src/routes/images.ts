import { ApiError, invalidRequest, notFound } from '../errors/api-error.ts';
import { inputInt, inputText, readInput } from '../http/lenient-input.ts';
import type { SandboxApp } from '../http/sandbox-app.ts';
import { takeId } from '../store/counters.ts';
import type { StoredImage } from '../store/state-schema.ts';
import { viewImage } from '../views/catalog-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { noContent, readId, readRequestBody } from './find-object.ts';

const fields = { Name: inputText, TechName: inputText, ServerID: inputInt };

/** `Type` of the provider's own images; own images of an account have an unknown one, here none. */
const PROVIDER_TYPE = 'GoldServer';

/** `/image`: the list, own images from a server, and their deletion. */
export const addImageRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.get('/image', (c) => c.json(context.state.images.map(viewImage)));

  app.post('/image', async (c) => {
    const input = readInput(await readRequestBody(c), fields);
    const { state } = context;
    if (!/^[A-Za-z0-9]+$/.test(input.TechName)) throw invalidRequest({ TechName: ['TechName may hold Latin letters and digits only.'] });
    if (state.images.some((one) => one.name === input.TechName)) throw invalidRequest({ TechName: ['TechName is already taken.'] });
    const server = state.servers.find((one) => one.id === input.ServerID);
    if (server === undefined) throw invalidRequest({ ServerID: ['The server was not found.'] });
    const image: StoredImage = {
      id: takeId(state, 'image'),
      name: input.TechName,
      displayName: input.Name,
      family: server.imageFamily,
      dc: server.dc,
      hdd: server.hdd,
      system: state.images.find((one) => one.name === server.image)?.system ?? '',
      type: '',
    };
    state.images.push(image);
    return c.json(viewImage(image));
  });

  app.delete('/image/:id', (c) => {
    const id = readId(c, 'id');
    const image = context.state.images.find((one) => one.id === id);
    if (image === undefined) throw notFound('Image');
    if (image.type === PROVIDER_TYPE) throw new ApiError(403, 'The image cannot be deleted');
    context.state.images = context.state.images.filter((one) => one !== image);
    return c.body(null, 200, noContent);
  });
};
