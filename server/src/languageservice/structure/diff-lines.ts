/** A piece of a text and what takes its place; offsets. */
export interface Difference {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * What a formatter changed, line by line. It keeps lines that hold something, in their order, so they can be laid side by
 * side; only blank lines come and go. Where that does not hold, everything between the first and the last difference is one.
 */
export function diffLines(before: string, after: string): readonly Difference[] {
  if (before === after) return [];
  const [old, now] = [groupLines(before), groupLines(after)];
  if (old.length !== now.length || old.some(({ line }, index) => squeeze(line) !== squeeze(now[index]?.line ?? ''))) {
    return shrink(before, after, 0);
  }
  const differences: Difference[] = [];
  let offset = 0;
  for (const [index, { blank, line }] of old.entries()) {
    differences.push(...shrink(blank, now[index]?.blank ?? '', offset));
    offset += blank.length;
    differences.push(...shrink(line, now[index]?.line ?? '', offset));
    offset += line.length;
  }
  return differences;
}

/** A line that holds something, and the blank lines above it. The end of the text counts as such a line. */
interface Group {
  readonly blank: string;
  readonly line: string;
}

function groupLines(text: string): readonly Group[] {
  const groups: Group[] = [];
  let from = 0;
  for (let start = 0; start <= text.length;) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak + 1;
    const line = text.slice(start, end);
    if (line.trim() !== '' || lineBreak < 0) {
      const isLast = line.trim() === '';
      groups.push({ blank: text.slice(from, isLast ? end : start), line: isLast ? '' : line });
      if (!isLast && lineBreak < 0) groups.push({ blank: '', line: '' });
      from = end;
    }
    if (lineBreak < 0) break;
    start = end;
  }
  return groups;
}

const squeeze = (line: string): string => line.replaceAll(/\s/g, '');

/** The difference of two texts without what they begin and end with in common. Line breaks of two characters stay whole. */
function shrink(before: string, after: string, offset: number): readonly Difference[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let common = 0;
  while (common < shorter - start && before[before.length - 1 - common] === after[after.length - 1 - common]) common += 1;
  const splits = (text: string, at: number): boolean => text[at - 1] === '\r' && text[at] === '\n';
  if (splits(before, start) || splits(after, start)) start -= 1;
  if (splits(before, before.length - common) || splits(after, after.length - common)) common -= 1;
  return [{ start: offset + start, end: offset + before.length - common, newText: after.slice(start, after.length - common) }];
}
