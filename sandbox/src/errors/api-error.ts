import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Field → messages; `''` is the whole request. */
export type ModelState = Readonly<Record<string, readonly string[]>>;

/**
 * A refusal in the provider's own shape: `{Message}`, or `{Message, ModelState}`. Messages are plain English, as the one recorded
 * text is; they are the provider's words, not ours to translate.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: ContentfulStatusCode;
  readonly modelState: ModelState | undefined;

  constructor(status: ContentfulStatusCode, message: string, modelState?: ModelState) {
    super(message);
    this.status = status;
    this.modelState = modelState;
  }

  toBody(): { Message: string; ModelState?: ModelState } {
    return { Message: this.message, ...(this.modelState === undefined ? {} : { ModelState: this.modelState }) };
  }
}

/** 400 with what is wrong in which field. */
export const invalidRequest = (modelState: ModelState): ApiError => new ApiError(400, 'The request is invalid.', modelState);

/** 404; "Server not found" is recorded, the other nouns follow it. */
export const notFound = (what: 'Server' | 'Action' | 'Image' | 'Network' | 'SSH key'): ApiError => new ApiError(404, `${what} not found`);

/** Collects what is wrong with a request, so that one answer names all of it. */
export const createFieldErrors = (): { add(field: string, message: string): void; throwIfAny(): void } => {
  const fields = new Map<string, string[]>();
  return {
    add: (field, message) => void fields.set(field, [...(fields.get(field) ?? []), message]),
    throwIfAny() {
      if (fields.size > 0) throw invalidRequest(Object.fromEntries(fields));
    },
  };
};
