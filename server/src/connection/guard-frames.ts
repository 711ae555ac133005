import { Transform } from 'node:stream';

/** Largest message: an infra file far above its own limit, escaped. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
/** All header fields of a message; the protocol knows two short ones. */
const MAX_HEADER_BYTES = 4096;
const END = '\r\n\r\n';

/**
 * Passes the frames of the protocol's base (headers, an empty line, a body) on as they are and ends with an error where nobody can
 * tell any more where the next one begins: no length, one that is no number, or an absurd one. The library's own reader waits for
 * ever then, without a word.
 */
export function guardFrames(): Transform {
  let header = '';
  let bodyLeft = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let at = 0;
      while (at < chunk.length) {
        if (bodyLeft > 0) {
          const taken = Math.min(bodyLeft, chunk.length - at);
          bodyLeft -= taken;
          at += taken;
          continue;
        }
        // Only a header of a few bytes is looked at one by one.
        header += String.fromCharCode(chunk[at] ?? 0);
        at += 1;
        if (header.endsWith(END)) {
          const length = readLength(header);
          if (typeof length === 'string') return done(new FrameError(length));
          bodyLeft = length;
          header = '';
        } else if (header.length > MAX_HEADER_BYTES) return done(new FrameError('its header does not end'));
      }
      done(null, chunk);
    },
  });
}

/** A message that cannot be read, and after which none can be. */
export class FrameError extends Error {
  override readonly name = 'FrameError';

  constructor(why: string) {
    super(`a message cannot be read: ${why}`);
  }
}

/** The length of a body, or why there is none. */
function readLength(header: string): number | string {
  const field = header.split('\r\n').find((line) => /^content-length:/i.test(line));
  if (field === undefined) return 'there is no Content-Length';
  const text = field.slice(field.indexOf(':') + 1).trim();
  if (!/^\d{1,15}$/.test(text)) return 'its Content-Length is no number';
  const length = Number(text);
  return length > MAX_MESSAGE_BYTES ? `its Content-Length is ${length}, above ${MAX_MESSAGE_BYTES}` : length;
}
