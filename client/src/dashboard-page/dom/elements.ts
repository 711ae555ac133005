import { showHiddenInLines } from '#core/text/show-hidden.ts';

type Attributes = Readonly<Record<string, string | boolean>>;

/** A new element; `true` sets an attribute without a value, `false` leaves it out. What is hidden in its texts is shown. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(key, value === true ? '' : showHiddenInLines(value));
  made.append(...children.map((child) => (typeof child === 'string' ? showHiddenInLines(child) : child)));
  return made;
}

/** A button with a word on it. */
export function button(text: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', onClick);
  return made;
}
