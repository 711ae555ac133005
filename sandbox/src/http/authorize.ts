import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors/api-error.ts';

/** Checks `Authorization: Bearer TOKEN`; throws the 401 of ASP.NET's default wording. */
export const authorize = (header: string | undefined, token: string): void => {
  const given = /^bearer\s+(.+)$/i.exec(header ?? '')?.[1]?.trim();
  if (given === undefined || !isSame(given, token)) throw new ApiError(401, 'Authorization has been denied for this request.');
};

/** Compares in a time that says nothing about where the texts differ. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
