/** Something that has staged bytes to write. */
export interface Flushable {
  flush(): void;
}

/** The queues that have something to write, each once: written together after a chunk was taken. */
export class FlushList {
  #queues: Flushable[] = [];

  add(queue: Flushable): void {
    this.#queues.push(queue);
  }

  flush(): void {
    // A flush may stage more: a frame of the bus's own, to another queue.
    for (let index = 0; index < this.#queues.length; index++) {
      (this.#queues[index] as Flushable).flush();
    }
    this.#queues.length = 0;
  }
}
