import { t, type Text } from '#schemas/text/text.ts';
import { CloudError } from '../../ports/cloud-provider.ts';

/** A failure of the provider or the network, for people: what happened and one next step. */
export function describeCloudError(error: unknown): Text {
  if (!(error instanceof CloudError)) {
    return t('{0}. This is a bug in ict, please report it.', error instanceof Error ? error.message : String(error));
  }
  const { details } = error;
  const said = details.providerMessage ?? (details.status === undefined ? '' : `HTTP ${details.status}`);
  switch (error.code) {
    case 'unauthorized':
      return t('The provider does not accept the token. Sign in again: ict login');
    case 'forbidden':
      return t('The provider denied the request ({0}). Check what the token may do in the account page of the panel.', said);
    case 'not-found':
      return t('The provider does not know the object ({0}). Run plan again to see what is there.', said);
    case 'invalid-request':
      return t('The provider refused the request: {0}', describeFields(error));
    case 'conflict':
      return t('The provider reports a conflict: {0}. Run plan again to see what is there.', said || error.message);
    case 'rate-limited':
      return t('The provider asks for fewer requests and did not relent. Try again later, or set a longer interval.');
    case 'server-error':
      return t('The provider failed ({0}). Try again later; if it stays so, ask its support.', said);
    case 'invalid-answer':
      return t('The answer is not one of the 1cloud API ({0}). Check the endpoint and the proxy.', said || error.message);
    case 'network':
      return t('The provider cannot be reached: {0}. Check the network, the endpoint and the proxy.', error.message);
    case 'tls':
      return t(
        'The secure connection failed: {0}. If your network has its own certificate authority, name its file in SSL_CERT_FILE.',
        error.message,
      );
    case 'timeout':
      return t('The provider did not answer in time. Try again.');
    case 'answer-lost':
      return t(
        'The request was sent, but no answer came: it may have been carried out. It is not repeated. Run apply later: it checks first.',
      );
    case 'need-money':
      return t('There is not enough money on the balance. Top it up in the panel, then run apply again.');
    case 'blocked':
      return t('The server is blocked by the provider. Look at it in the panel.');
    case 'task-failed':
      return t(
        'The provider could not finish the task: {0}. Look at the server in the panel, then run apply again.',
        said || error.message,
      );
    case 'task-timeout':
      return t('The task did not finish in time; it may still do so. Run apply again: it waits on.');
    case 'vanished':
      return t('The object disappeared meanwhile. Run plan again to see what is there.');
    case 'twin':
      return t(
        '"{0}" exists more than once (ids {1}): someone else is using the same names, or an earlier create was carried out late. No further step is started. Delete the extra one in the panel, then run plan.',
        error.details.name ?? '?',
        (error.details.ids ?? []).join(', '),
      );
    case 'aborted':
      return t('Interrupted; what was begun goes on in the cloud. Run apply again: it goes on from there.');
    default:
      return error.code satisfies never;
  }
}

function describeFields({ details, message }: CloudError): string {
  const fields = Object.entries(details.fields ?? {}).map(([field, messages]) =>
    field === '' ? messages.join(' ') : `${field}: ${messages.join(' ')}`,
  );
  return [details.providerMessage, ...fields].filter((part) => part !== undefined && part !== '').join(' ') || message;
}
