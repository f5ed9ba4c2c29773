import type { History } from '../history/history.ts';

/** What was waited for did not come. Ends a scenario's drive; its judges then say what that means. */
export class NotInTime extends Error {
  override name = 'NotInTime';
}

export interface UntilOptions {
  readonly limitMs?: number;
  /** The requirement that is broken when it does not come. */
  readonly requirement?: string;
  /** Whether it cannot come any more. */
  readonly isHopeless?: () => boolean;
}

interface Waiting {
  readonly tryIt: () => boolean;
}

const pollMs = 20;

/** Waits for what can be seen, each time that anything happens, with a deadline for everything. */
export class Waiter {
  readonly #waiting = new Set<Waiting>();
  readonly #history: History;
  readonly #limitMs: number;
  #lastMark = 0;
  /** How often something that ought to come at once did not. */
  #missed = 0;
  #isClosed = false;

  /** `limitMs`: the deadline of whoever names none. */
  constructor(history: History, limitMs: number) {
    this.#history = history;
    this.#limitMs = limitMs;
  }

  /** Whether anything that ought to come at once did not. */
  get hasMissed(): boolean {
    return this.#missed > 0;
  }

  /** Whoever has waited in vain for some things does not wait for a hundred others as long. */
  get #patienceMs(): number {
    if (this.#missed < 3) return this.#limitMs;
    return this.#limitMs / (this.#missed < 8 ? 4 : 16);
  }

  /** A text that is unique in the scenario. */
  nextMark(): string {
    return `m${++this.#lastMark}`;
  }

  /** The scene is over: nobody waits for anything any more. */
  close(): void {
    this.#isClosed = true;
    this.look();
  }

  /** Something has happened: whoever waits looks again. */
  look(): void {
    for (const waiting of this.#waiting) if (waiting.tryIt()) this.#waiting.delete(waiting);
  }

  /** Waits until `find` gives something. Rejects with NotInTime at the deadline, and records it. */
  until<T>(
    what: string,
    find: () => T | undefined | false,
    options: UntilOptions = {},
  ): Promise<T> {
    const { limitMs = this.#patienceMs, requirement, isHopeless = () => false } = options;
    const startedUs = this.#history.nowUs();
    const record = (met: boolean) =>
      this.#history.add({
        kind: 'deadline',
        waitedFor: what,
        limitUs: Math.max(0, Math.round(limitMs * 1000)),
        met,
        ...(requirement === undefined ? {} : { requirement }),
      });
    return new Promise<T>((resolve, reject) => {
      const fail = (why: string) => {
        if (limitMs >= this.#patienceMs) this.#missed++;
        record(false);
        reject(new NotInTime(`${what}: ${why}`));
      };
      let timer: NodeJS.Timeout | undefined;
      let lookedMs = performance.now();
      let lostMs = 0;
      // While the suite itself was held up, by a judge for instance, it saw nothing of what came.
      const noteLostTime = () => {
        const nowMs = performance.now();
        lostMs += Math.max(0, nowMs - lookedMs - 2 * pollMs);
        lookedMs = nowMs;
      };
      const poll = setInterval(() => {
        noteLostTime();
        this.look();
      }, pollMs);
      const stop = () => {
        clearTimeout(timer);
        clearInterval(poll);
      };
      const tryIt = () => {
        if (this.#isClosed) {
          stop();
          reject(new NotInTime(`${what}: the scene is over`));
          return true;
        }
        const found = find();
        if (found !== undefined && found !== false) {
          stop();
          if (requirement !== undefined) record(true);
          resolve(found);
          return true;
        }
        if (!isHopeless()) return false;
        stop();
        fail('it cannot come any more');
        return true;
      };
      if (tryIt()) return;
      const waiting = { tryIt };
      this.#waiting.add(waiting);
      const expire = () => {
        noteLostTime();
        if (lostMs > 0) {
          timer = setTimeout(expire, lostMs + pollMs);
          lostMs = 0;
          return;
        }
        if (!this.#waiting.delete(waiting)) return;
        stop();
        fail(`not within ${Math.round((this.#history.nowUs() - startedUs) / 1000)} ms`);
      };
      timer = setTimeout(expire, limitMs);
    });
  }
}
