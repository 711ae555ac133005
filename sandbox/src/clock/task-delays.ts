/** How long tasks run, milliseconds. */
export interface TaskDelays {
  readonly createMs: number;
  readonly resizeMs: number;
  readonly powerMs: number;
  readonly networkMs: number;
  readonly rebuildMs: number;
  readonly deleteMs: number;
}

/** Long enough to be seen, short enough to be waited for; the provider takes minutes for a create. */
export const defaultDelays: TaskDelays = {
  createMs: 6_000,
  resizeMs: 4_000,
  powerMs: 2_000,
  networkMs: 2_000,
  rebuildMs: 6_000,
  deleteMs: 3_000,
};

/** The same delay for everything; 0 is instant mode, where a task is done at the next request. */
export const everyDelay = (ms: number): TaskDelays => ({
  createMs: ms,
  resizeMs: ms,
  powerMs: ms,
  networkMs: ms,
  rebuildMs: ms,
  deleteMs: ms,
});
