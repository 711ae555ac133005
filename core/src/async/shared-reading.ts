/**
 * One reading for everybody who asks at the same time. Each caller gets a reading that began after its call: those who ask while one is
 * under way share the next one. So a check of many things costs as few requests as it can without believing what was read before.
 */
export class SharedReading<Value> {
  readonly #read: () => Promise<Value>;
  #current: Promise<unknown> | undefined;
  #next: Promise<Value> | undefined;

  constructor(read: () => Promise<Value>) {
    this.#read = read;
  }

  /** Reads from now on. Rejects with what the reading rejects with. */
  read(): Promise<Value> {
    if (this.#next) return this.#next;
    if (!this.#current) return this.#start();
    this.#next = this.#current.then(() => this.#start());
    return this.#next;
  }

  #start(): Promise<Value> {
    this.#next = undefined;
    const reading = this.#read();
    const settled = reading.then(
      () => undefined,
      () => undefined,
    );
    this.#current = settled;
    void settled.then(() => {
      if (this.#current === settled) this.#current = undefined;
    });
    return reading;
  }
}
