declare module '*/write-tsconfigs.mjs' {
  export const imports: Readonly<Record<string, readonly string[]>>;
  export const nodeFolders: readonly string[];
}
