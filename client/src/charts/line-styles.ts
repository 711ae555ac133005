/** Colours by the names of the editor's theme, neighbours and every fourth as unlike in brightness as they come. */
const colours = ['blue', 'yellow', 'green', 'purple', 'red', 'foreground', 'cyan', 'magenta'] as const;
export type LineColour = (typeof colours)[number];

/** Lengths of stroke and pause, CSS pixels; empty: a whole line. */
const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]] as const;

/** How a line looks. Colour alone does not tell two lines apart: the dash differs as well. */
export interface LineStyle {
  readonly colour: LineColour;
  readonly dash: readonly number[];
}

/** Style of the line at a place; the first thirty-two are all different, and neighbours differ in both. */
export function styleOf(place: number): LineStyle {
  const round = Math.floor(place / colours.length);
  return { colour: colours[place % colours.length] ?? 'blue', dash: dashes[(place + round) % dashes.length] ?? [] };
}
