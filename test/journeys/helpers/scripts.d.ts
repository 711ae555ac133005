declare module '*/vscode/chromium.mjs' {
  import type { Browser } from 'playwright-core';
  export function launchChromium(): Promise<Browser>;
}
declare module '*/vscode/keeper.mjs' {
  export interface Keeper {
    keep(thing: { group: number } | { folder: string } | { run: readonly string[]; env: Record<string, string> }): void;
    end(): Promise<void>;
  }
  export function startKeeper(): Keeper;
}
declare module '*/vscode/open-window.mjs' {
  export function linkExtension(dataDir: string): void;
}
declare module '*/vscode/start-server.mjs' {
  import type { Keeper } from '*/vscode/keeper.mjs';
  export interface VsCodeServer {
    readonly origin: string;
    log(): string;
  }
  export function startServer(options: {
    dataDir: string;
    keeper: Keeper;
    language?: string;
    settings?: Readonly<Record<string, unknown>>;
    environment?: Readonly<Record<string, string>>;
  }): Promise<VsCodeServer>;
  export function workbenchUrl(server: VsCodeServer, window: { folder: string; file?: string }): string;
}
