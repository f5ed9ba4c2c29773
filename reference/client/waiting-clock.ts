import type { Clock } from '../bus/clock.ts';

const longestTimerMs = 2 ** 31 - 1;

/** The clock of the machine, for somebody who waits: unlike the bus's, it keeps the process alive. */
export const waitingClock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, Math.min(delayMs, longestTimerMs));
    return () => clearTimeout(timer);
  },
};
