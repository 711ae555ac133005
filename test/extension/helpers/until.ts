/** Asked again after this when nothing tells of a change, milliseconds. */
const PAUSE_MS = 50;

/**
 * The first answer that is neither `undefined`, `false` nor an empty list. For what VS Code has no event for, such as a provider that
 * the language server has just registered; the test's own time limit ends it.
 */
export async function until<T>(ask: () => T | undefined | Thenable<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    // VS Code's own commands answer null where a provider is missing, whatever their types say.
    if (answer !== undefined && answer !== null && answer !== false && !(Array.isArray(answer) && answer.length === 0)) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
