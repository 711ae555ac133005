declare module '*/write-tsconfigs.mjs' {
  export const imports: Readonly<Record<string, readonly string[]>>;
  export const nodeFolders: readonly string[];
}

declare module '*/wall-clock.mjs' {
  export const allowed: Readonly<Record<string, string>>;
  export function findWallClockUses(file: string, text: string): readonly string[];
  export function checkWallClock(): readonly string[];
}
