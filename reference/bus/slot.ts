import type { WorkerState } from '../../schemas/generated/bus-methods.ts';
import type { Clock } from './clock.ts';
import type { RestartPolicy } from './restart-policy.ts';
import type { Worker } from './worker.ts';

export interface SlotOptions {
  readonly slot: number;
  readonly policy: RestartPolicy;
  readonly clock: Clock;
  /** Starts the process of an incarnation. */
  readonly start: (incarnation: number) => Worker;
  /** A restart was carried out. */
  readonly onRestart: (slot: Slot) => void;
}

/** A place in a pool, and the life of the workers in it, one after another. Implements RST-2. */
export class Slot {
  readonly slot: number;
  state: WorkerState = 'starting';
  incarnation = 0;
  /** The worker in it: the present one, or the last. */
  worker: Worker | undefined;
  /** When the next worker will be started, in milliseconds from the loss; in state `backoff`. */
  backoffMs = 0;
  readonly #options: SlotOptions;
  #cancelRestart: (() => void) | undefined;

  constructor(options: SlotOptions) {
    this.slot = options.slot;
    this.#options = options;
  }

  /** The worker, while frames can be written to it. */
  get liveWorker(): Worker | undefined {
    const { worker } = this;
    return worker?.isLive && !worker.isEnding ? worker : undefined;
  }

  /** Starts the first worker. */
  start(): void {
    this.incarnation++;
    const worker = this.#options.start(this.incarnation);
    this.worker = worker;
    if (worker.isLive) this.state = 'ready';
  }

  /** Its worker was lost: restarts it, now or later, or gives the slot up. */
  lost(): void {
    const { policy, clock } = this.#options;
    const waitMs = policy.waitAfterLoss(clock.nowMs());
    if (waitMs === undefined) {
      this.state = 'failed';
      return;
    }
    this.state = 'backoff';
    this.backoffMs = waitMs;
    if (waitMs === 0) this.#restart();
    else this.#cancelRestart = clock.after(waitMs, () => this.#restart());
  }

  /** Its worker ended as it was asked to, or the bus ends: nothing is started any more. */
  retire(): void {
    this.#cancelRestart?.();
    if (this.state !== 'failed')
      this.state = this.worker?.hasExited === false ? 'draining' : 'exited';
  }

  #restart(): void {
    this.#options.policy.restarted(this.#options.clock.nowMs());
    this.start();
    this.#options.onRestart(this);
  }
}
