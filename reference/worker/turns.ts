/**
 * How many requests are worked on at a time. `session`: one of each session, in the order they came,
 * and any number of sessions side by side; those without a session at once. `request`: all at once.
 * A number: so many of all, in the order they came.
 */
export type Concurrency = 'session' | 'request' | number;

interface Waiting<T> {
  readonly item: T;
  readonly sessionId: string | undefined;
}

/** Gives each item its turn; whoever got one says when it is over. Serves WRK-5. */
export class Turns<T> {
  readonly #isBySession: boolean;
  readonly #maxRunning: number;
  readonly #start: (item: T) => void;
  /** The sessions that are being worked on, with what waits behind. */
  readonly #sessions = new Map<string, T[]>();
  #ready: Waiting<T>[] = [];
  #next = 0;
  #running = 0;
  #isHeld = false;

  /** Throws a RangeError where a number is no integer of 1 or more. */
  constructor(concurrency: Concurrency, start: (item: T) => void) {
    this.#isBySession = concurrency === 'session';
    this.#maxRunning = typeof concurrency === 'number' ? concurrency : Number.POSITIVE_INFINITY;
    this.#start = start;
    const isCount = Number.isInteger(concurrency) && this.#maxRunning >= 1;
    if (concurrency !== 'session' && concurrency !== 'request' && !isCount) {
      throw new RangeError(`concurrency is "session", "request" or 1 and more, not ${concurrency}`);
    }
  }

  add(item: T, sessionId: string | undefined): void {
    if (this.#isBySession && sessionId !== undefined) {
      const waiting = this.#sessions.get(sessionId);
      if (waiting !== undefined) {
        waiting.push(item);
        return;
      }
      this.#sessions.set(sessionId, []);
    }
    this.#ready.push({ item, sessionId });
    this.#advance();
  }

  /** The turn of an item of this session is over. */
  finish(sessionId: string | undefined): void {
    this.#running--;
    const waiting = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    if (waiting !== undefined) {
      const item = waiting.shift();
      if (item === undefined) this.#sessions.delete(sessionId as string);
      else this.#ready.push({ item, sessionId });
    }
    this.#advance();
  }

  /** Gives nobody a turn for now, or goes on. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#advance();
  }

  #advance(): void {
    while (!this.#isHeld && this.#running < this.#maxRunning) {
      const waiting = this.#ready[this.#next];
      if (waiting === undefined) break;
      this.#next++;
      this.#running++;
      this.#start(waiting.item);
    }
    // Cut off now and then: at the front of a long list, each cut would cost its length.
    if (this.#next < 1024 && this.#next < this.#ready.length) return;
    this.#ready = this.#ready.slice(this.#next);
    this.#next = 0;
  }
}
