import * as z from 'zod';

/**
 * A text that Ansible must take as it is: a template in it is not evaluated. This is the form Ansible's own JSON has for it; in YAML it
 * is a scalar tagged `!unsafe`. For everything in an inventory that does not stand in the user's own file.
 */
export const unsafeText = z.object({ __ansible_unsafe: z.string() });
export type UnsafeText = z.output<typeof unsafeText>;

/** Marks a text so. */
export const toUnsafe = (text: string): UnsafeText => ({ __ansible_unsafe: text });

const isUnsafe = (value: unknown): value is UnsafeText =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === '__ansible_unsafe' && unsafeText.safeParse(value).success;

/** The same as a tag of the package `yaml`, for whoever writes an inventory with it. */
export const unsafeTag = {
  tag: '!unsafe',
  identify: isUnsafe,
  resolve: toUnsafe,
  // A string of JSON is one of YAML in double quotes.
  stringify: ({ value }: { readonly value: unknown }): string => JSON.stringify(isUnsafe(value) ? Object.values(value)[0] : ''),
};
