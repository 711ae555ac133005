/** Carries out work one after the other; work that fails does not keep the next from starting. */
export type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Makes a queue with nothing in it. */
export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
