import type { Duplex } from 'node:stream';
import type { Clock } from '../bus/clock.ts';
import type { ReconnectPolicy } from './reconnect-policy.ts';

export interface ConnectorOptions {
  /** Opens a connection, or rejects. */
  readonly dial: (signal: AbortSignal) => Promise<Duplex>;
  /** Undefined: one connection, and no other. */
  readonly reconnect: ReconnectPolicy | undefined;
  readonly clock: Clock;
  readonly onStream: (stream: Duplex) => void;
  /** No attempt will follow. */
  readonly onGivenUp: (cause: unknown) => void;
}

/** Makes one connection after another. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #dialing = new AbortController();
  #cancelRetry: (() => void) | undefined;
  #connectedAtMs = 0;

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /** Makes the first connection; rejects where it cannot be made. */
  async connect(): Promise<void> {
    this.#opened(await this.#options.dial(this.#dialing.signal));
  }

  /** The connection was lost. Whether there will be another attempt. */
  lost(): boolean {
    const { reconnect, clock } = this.#options;
    reconnect?.lost(clock.nowMs() - this.#connectedAtMs);
    return this.#retry();
  }

  /** Ends all attempts. */
  stop(): void {
    this.#cancelRetry?.();
    this.#dialing.abort();
  }

  #retry(): boolean {
    const { reconnect, clock, dial, onGivenUp } = this.#options;
    const delayMs = reconnect?.nextDelayMs();
    if (delayMs === undefined || this.#dialing.signal.aborted) return false;
    this.#cancelRetry = clock.after(delayMs, () => {
      dial(this.#dialing.signal).then(
        (stream) => this.#opened(stream),
        (error: unknown) => {
          if (!this.#retry()) onGivenUp(error);
        },
      );
    });
    return true;
  }

  #opened(stream: Duplex): void {
    if (this.#dialing.signal.aborted) {
      stream.destroy();
      return;
    }
    this.#connectedAtMs = this.#options.clock.nowMs();
    this.#options.onStream(stream);
  }
}
