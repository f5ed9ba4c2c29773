import type { Bus } from '../bus/bus.ts';
import type { Log } from '../bus/log.ts';

/** How a daemon ends: by a drain, and at once where it is asked again. */
export class Ending {
  /** Resolves when the bus has ended. */
  readonly ended: Promise<void>;
  readonly #bus: Bus;
  readonly #log: Log;
  readonly #resolve: () => void;
  readonly #onDrain: (() => void)[] = [];
  #isDraining = false;

  constructor(bus: Bus, log: Log) {
    this.#bus = bus;
    this.#log = log;
    let resolve = () => {};
    this.ended = new Promise((done) => {
      resolve = done;
    });
    this.#resolve = resolve;
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Calls when the drain begins, before anything else of it. */
  onDrain(call: () => void): void {
    this.#onDrain.push(call);
  }

  /** Begins the drain, once. Implements DRN-1, DRN-6. */
  drain(reason: string): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    for (const call of this.#onDrain) call();
    this.#log.info({ reason }, 'draining');
    this.#bus.drain().then(this.#resolve, this.#resolve);
  }

  /**
   * Obeys the signals from now on: the first drains, and changes nothing where a drain has begun
   * without a signal; the second ends. Implements DRN-1, DRN-4.
   */
  obeySignals(): void {
    let isFirst = true;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (isFirst) this.drain(signal);
        else this.#destroy(signal);
        isFirst = false;
      });
    }
    // Whatever ends this process, its workers do not stay (DRN-5).
    process.once('exit', () => void this.#bus.destroy());
  }

  #destroy(signal: string): void {
    this.#log.info({ signal }, 'ending at once');
    this.#bus.destroy().then(this.#resolve, this.#resolve);
  }
}
