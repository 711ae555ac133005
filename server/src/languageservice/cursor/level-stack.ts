import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { createList, createMapping, type ScannedContainer, type ScannedList, type ScannedMapping, type ScannedMember } from './scanned.ts';
import type { Spot } from './spot.ts';

/** As deep as an infra file may be; what stands deeper has no place of its own. */
const MAX_DEPTH = 100;

/** The mappings and lists that are open while lines are read from top to bottom, by the columns they stand in. */
export class LevelStack {
  readonly #text: string;
  readonly #levels: ScannedContainer[];

  constructor(text: string, levels: readonly ScannedContainer[]) {
    this.#text = text;
    this.#levels = [...levels];
  }

  /** The innermost one. */
  get top(): ScannedContainer | undefined {
    return this.#levels.at(-1);
  }

  /** What may be typed in a column, by the lines above. Undefined where nothing can. */
  findBlankSpot(column: number): Spot | undefined {
    const depth = this.#levels.findLastIndex(({ indent }) => indent <= column);
    const level = this.#levels[depth];
    if (!level) return undefined;
    const place = { start: 0, end: 0, quote: '', indent: column } as const;
    if (level.indent === column) {
      // Below a list in the column of its own key stands the next key.
      const above = this.#levels[depth - 1];
      const container = level.kind === 'list' && above?.kind === 'mapping' && above.indent === column ? above : level;
      if (container.kind === 'mapping') return { kind: 'key', path: container.path, container, hasColon: false, ...place };
      return { kind: 'item', path: [...container.path, container.items.length], container, needsDash: true, ...place };
    }
    if (depth < this.#levels.length - 1) return undefined;
    if (level.kind === 'list') {
      if (level.items.length === 0 || level.items.at(-1) !== undefined) return undefined;
      return { kind: 'open', path: [...level.path, level.items.length - 1], owner: undefined, ...place };
    }
    const { last } = level;
    return last && this.#isOpen(last) ? { kind: 'open', path: [...level.path, last.name], owner: last, ...place } : undefined;
  }

  /** Whether lines below may still be the value of a key. A word on a line of its own may be a key that is being typed. */
  #isOpen({ value, keyEnd }: ScannedMember): boolean {
    return (
      !value || (value.kind === 'scalar' && value.quote === '' && !value.isBlock && /[\r\n]/.test(this.#text.slice(keyEnd, value.start)))
    );
  }

  /** The mapping whose keys stand in a column, begun at an offset if it is new; undefined where none can stand. */
  enterMapping(column: number, at: number): ScannedMapping | undefined {
    this.#leave(column, false);
    const top = this.#levels.at(-1);
    if (top?.kind === 'mapping' && top.indent === column) return top;
    const path = top && top.indent < column ? this.#openPath(top) : undefined;
    if (!top || !path || this.#levels.length > MAX_DEPTH) return undefined;
    return this.#push(createMapping(path, column, at), top) as ScannedMapping;
  }

  /** The same for a list by the column of its dashes. */
  enterList(column: number, at: number): ScannedList | undefined {
    this.#leave(column, true);
    const top = this.#levels.at(-1);
    if (top?.kind === 'list' && top.indent === column) return top;
    const path = top && top.indent <= column ? this.#openPath(top) : undefined;
    if (!top || !path || this.#levels.length > MAX_DEPTH) return undefined;
    return this.#push(createList(path, column, at), top) as ScannedList;
  }

  #leave(column: number, isDash: boolean): void {
    for (;;) {
      const top = this.#levels.at(-1);
      const isLeft = top && (top.indent > column || (top.indent === column && top.kind === 'list' && !isDash));
      if (!isLeft || this.#levels.length === 1) return;
      this.#levels.pop();
    }
  }

  /** Path of what the next deeper lines are; undefined when the container waits for nothing. */
  #openPath(container: ScannedContainer): ValuePath | undefined {
    if (container.kind === 'mapping') {
      const { last } = container;
      return last && this.#isOpen(last) ? [...container.path, last.name] : undefined;
    }
    return container.items.length > 0 && container.items.at(-1) === undefined ? [...container.path, container.items.length - 1] : undefined;
  }

  #push(node: ScannedContainer, parent: ScannedContainer): ScannedContainer {
    if (parent.kind === 'list') parent.items[parent.items.length - 1] = node;
    else if (parent.last) parent.last.value = node;
    this.#levels.push(node);
    return node;
  }
}
