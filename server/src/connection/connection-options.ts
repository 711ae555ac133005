import { LSPErrorCodes, Message, type ConnectionOptions } from 'vscode-languageserver';

/** A request that is cancelled while it waits in the queue is answered at once and never run. */
export const connectionOptions: ConnectionOptions = {
  connectionStrategy: {
    cancelUndispatched: (message) =>
      Message.isRequest(message)
        ? { jsonrpc: '2.0', id: message.id, error: { code: LSPErrorCodes.RequestCancelled, message: 'cancelled' } }
        : undefined,
  },
};
