/** What reads projects and knows their shape, loaded together when the first infra file is there. */
export { projectView } from '#schemas/events/watch-event.ts';
export { startWatch } from './start-watch.ts';
