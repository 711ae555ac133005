/**
 * What the extension loads when it is first used: every module of it that is imported later, in a bundle of its own, so that an
 * editor that starts reads none of it.
 */
export * from './commands/operations/follow-operation.ts';
export * from './commands/handlers.ts';
export * from './operations/event-tail.ts';
export * from './operations/operation-note.ts';
export * from './project/read-projects.ts';
export * from './views/dashboard/dashboard-panel.ts';
export * from '#schemas/protocol/dashboard.ts';
