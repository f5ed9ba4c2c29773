import type { Duplex } from 'node:stream';

/**
 * Lets connections in. Before it is opened they wait outside: a bus listens before it starts its
 * workers, so that one that cannot be reached starts none.
 */
export class Gate {
  readonly #admit: (stream: Duplex) => void;
  #waiting: Duplex[] | undefined = [];

  constructor(admit: (stream: Duplex) => void) {
    this.#admit = admit;
  }

  pass(stream: Duplex): void {
    if (this.#waiting === undefined) {
      this.#admit(stream);
      return;
    }
    // One that leaves while it waits is found closed later.
    stream.on('error', () => {});
    this.#waiting.push(stream);
  }

  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const stream of waiting) if (!stream.destroyed) this.#admit(stream);
  }
}
