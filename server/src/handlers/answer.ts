import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type ProtocolRequestType,
} from 'vscode-languageserver';
import type { LanguageRequest } from '#server/languageservice/language-request.ts';
import type { TrackedDocument } from '../documents/tracked-document.ts';
import type { RunningServer } from '../runtime/server-state.ts';
import { showAnswer } from '../connection/show-answer.ts';

/** Where the wrapper finds the server, and where it reports what went wrong. */
export interface AnswerContext {
  readonly connection: Connection;
  /** The server while it runs; before `initialize` and after `shutdown`, why there is none. */
  readonly server: () => RunningServer | 'not-initialized' | 'shut-down';
  /** Gets the name of the method and the failure with its stack. */
  readonly onFailed: (method: string, error: unknown) => void;
}

/** What a handler is given besides the parameters. */
export interface Asked {
  readonly server: RunningServer;
  readonly document: TrackedDocument;
  readonly request: LanguageRequest;
}

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/**
 * The one wrapper around all handlers. What people will read of an answer goes through `showAnswer`. It finds the document, honours the token before and after, drops an answer whose
 * document has moved on, and turns a failure into a line of the log and the harmless answer `nothing`, which is also that
 * for documents that are not ours.
 */
export function answerAbout<Params extends AboutDocument, Result, Partial, Failure, Options>(
  context: AnswerContext,
  type: ProtocolRequestType<Params, Result, Partial, Failure, Options>,
  nothing: Result,
  answer: (asked: Asked, params: Params) => Result | Promise<Result>,
): void {
  answerOpen(
    context,
    type,
    () => nothing,
    async (server, params, signal) => {
      const document = server.documents.get(params.textDocument.uri);
      if (!document) return nothing;
      const { version } = document;
      const result = await answer({ server, document, request: server.createRequest(document, signal) }, params);
      if (document.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'the document was changed meanwhile');
      return result;
    },
  );
}

/** The same for a question about no document in particular; `nothing` makes the harmless answer. */
export function answerOpen<Params, Result, Partial, Failure, Options>(
  context: AnswerContext,
  type: ProtocolRequestType<Params, Result, Partial, Failure, Options>,
  nothing: (params: Params) => Result,
  answer: (server: RunningServer, params: Params, signal: AbortSignal) => Result | Promise<Result>,
): void {
  const handler = async (params: Params, token: CancellationToken): Promise<Result> => {
    const server = context.server();
    if (server === 'not-initialized') throw new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    if (server === 'shut-down') throw new ResponseError(ErrorCodes.InvalidRequest, 'the server was shut down');
    if (token.isCancellationRequested) throw cancelled();
    const controller = new AbortController();
    const listening = token.onCancellationRequested(() => controller.abort(new Error('cancelled')));
    try {
      const result = await answer(server, params, controller.signal);
      if (token.isCancellationRequested) throw cancelled();
      return showAnswer(result);
    } catch (error) {
      if (token.isCancellationRequested) throw cancelled();
      // Said on purpose.
      if (error instanceof ResponseError) throw error;
      context.onFailed(type.method, error);
      return nothing(params);
    } finally {
      listening.dispose();
    }
  };
  context.connection.onRequest<unknown, void>(type.method, handler);
}

const cancelled = (): ResponseError => new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
