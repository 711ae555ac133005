/** Sends something to an editor that may be gone already; then there is nobody left to tell. */
export function sendSafely(send: () => Promise<unknown> | void): void {
  try {
    void send()?.catch(() => undefined);
  } catch {
    // The connection is closed.
  }
}
