import { failPending } from './answers.ts';
import type { Switchboard } from './switchboard.ts';

/**
 * From now on ends the requests whose deadline has passed, and forgets the sessions that have been
 * idle for too long; the result stops it. `onExpired` is called when errors wait to be flushed.
 * Implements CFG-1 (`request_timeout_sec`) and AFF-9.
 */
export function startExpiry(board: Switchboard, onExpired: () => void): () => void {
  const { requestTimeoutMs, sessionIdleMs } = board.settings;
  const timers: NodeJS.Timeout[] = [];
  if (requestTimeoutMs > 0) {
    const intervalMs = Math.min(Math.max(requestTimeoutMs / 10, 5), 250);
    const expire = () => {
      failExpired(board);
      onExpired();
    };
    timers.push(setInterval(expire, intervalMs).unref());
  }
  if (sessionIdleMs > 0) {
    const intervalMs = Math.min(Math.max(sessionIdleMs / 4, 50), 60_000);
    const forget = () => board.sessions.forgetIdle(board.clock.nowMs() - sessionIdleMs);
    timers.push(setInterval(forget, intervalMs).unref());
  }
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function failExpired(board: Switchboard): void {
  const { correlator, clock, settings } = board;
  for (const pending of correlator.expired(clock.nowMs())) {
    failPending(board, pending, {
      name: 'DEADLINE_EXCEEDED',
      message: `no response within ${settings.requestTimeoutMs / 1000} s`,
      // One that is still queued stays so, and its worker reads it later.
      delivered: true,
    });
  }
}
