import type { Clock } from '../../reference/bus/clock.ts';

export interface HeartbeatOptions {
  readonly clock: Clock;
  /** Milliseconds of silence after which a ping is sent; 0: never. */
  readonly intervalMs: number;
  /** Milliseconds that anything may take to come after a ping. */
  readonly timeoutMs: number;
  ping(): void;
  /** Whether silence says nothing: this side reads no more, or what it has written waits. */
  isStalled(): boolean;
  /** Nothing came. Called once. */
  onDead(): void;
}

/** Finds out that a peer is gone, though its connection does not say so. */
export interface Heartbeat {
  /** Something came from the peer. */
  heard(): void;
  stop(): void;
}

/** Starts it: only silence is pinged, and only silence after a ping is the end. */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { clock, intervalMs, timeoutMs } = options;
  if (intervalMs === 0) return { heard() {}, stop() {} };
  let hasHeard = false;
  let cancel = () => {};
  const listen = () => {
    hasHeard = false;
    cancel = clock.after(intervalMs, () => {
      if (hasHeard || options.isStalled()) return listen();
      options.ping();
      cancel = clock.after(timeoutMs, () => {
        if (hasHeard || options.isStalled()) listen();
        else options.onDead();
      });
    });
  };
  listen();
  return {
    heard() {
      hasHeard = true;
    },
    stop: () => cancel(),
  };
}
