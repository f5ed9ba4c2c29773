import type { BusParts } from './bus-parts.ts';
import type { Drain } from './drain.ts';
import type { Switchboard } from './switchboard.ts';
import type { Workforce } from './workforce.ts';

export interface BusEndOptions {
  readonly board: Switchboard;
  readonly workforce: Workforce;
  readonly createDrain: BusParts['createDrain'];
}

/** How long the end of the workers that were killed at the timeout is waited for. */
const lastWaitMs = 800;

/**
 * The end of a bus: by a drain, or at once. `Drain` decides when nothing is left to wait for; here
 * are its time limit, what is done to workers and connections, and who waits for it.
 */
export class BusEnd {
  readonly #options: BusEndOptions;
  #drain: Drain | undefined;
  #hasEnded = false;
  #calls: (() => void)[] = [];

  constructor(options: BusEndOptions) {
    this.#options = options;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Calls when the bus has ended; at once where it has already. */
  onEnd(call: () => void): void {
    if (this.#hasEnded) call();
    else this.#calls.push(call);
  }

  /** Looks whether the drain can go on: to be called after whatever may have changed. */
  advance(): void {
    this.#drain?.advance();
  }

  /** Accepts nothing new and finishes what is pending. Implements DRN-1, DRN-2, DRN-3. */
  drain(timeoutMs: number): Promise<void> {
    const ended = this.#whenEnded();
    if (this.#drain !== undefined) return ended;
    this.#refuseNew();
    this.#drain = this.#createDrain(() => this.#hasOutput());
    this.#after(timeoutMs, () => this.#timedOut());
    this.#drain.advance();
    return ended;
  }

  /** Ends everything at once. Implements DRN-4. */
  destroy(): Promise<void> {
    const ended = this.#whenEnded();
    this.#refuseNew();
    this.#options.workforce.kill();
    this.#drain ??= this.#createDrain(() => false);
    this.#closeConnections();
    this.#drain.advance();
    return ended;
  }

  #refuseNew(): void {
    this.#options.board.isDraining = true;
    this.#options.workforce.retire();
  }

  #createDrain(hasOutput: () => boolean): Drain {
    const { workforce, createDrain } = this.#options;
    return createDrain({
      running: () => workforce.running(),
      hasOutput,
      onDone: () => this.#end(),
    });
  }

  #timedOut(): void {
    this.#options.workforce.kill();
    // A process that the system cannot end, or a client that does not read, is not waited for.
    this.#after(lastWaitMs, () => {
      this.#closeConnections();
      this.#end();
    });
  }

  #hasOutput(): boolean {
    for (const { output } of this.#options.board.connections.values()) {
      if (output.queuedBytes > 0) return true;
    }
    return false;
  }

  #closeConnections(): void {
    for (const connection of this.#options.board.connections.values()) {
      connection.close('the bus ends');
    }
  }

  #after(delayMs: number, call: () => void): void {
    this.onEnd(this.#options.board.clock.after(delayMs, call));
  }

  #whenEnded(): Promise<void> {
    return new Promise((resolve) => this.onEnd(resolve));
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const connection of this.#options.board.connections.values()) connection.letGo();
    for (const call of this.#calls) call();
    this.#calls = [];
  }
}
