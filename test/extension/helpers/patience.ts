/** Longer than anything takes that a suite waits for, and shorter than its tests may take, milliseconds. */
const PATIENCE_MS = 90_000;

/** What is waited for; when it does not come, the failure says what came instead. `saw` is asked then. */
export async function withPatience<Result>(what: string, waiting: Promise<Result>, saw: () => string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited for ${what}, saw ${saw()}`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([waiting, over]);
  } finally {
    clearTimeout(timer);
  }
}
