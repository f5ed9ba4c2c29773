import type { Clock } from '../bus/clock.ts';

export interface DeadlineOptions {
  readonly clock: Clock;
  /** 0: no deadline. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Calls once, when the time is over or the signal is aborted, whichever is first, unless it is
 * cancelled before; the result cancels it.
 */
export function startDeadline(
  { clock, timeoutMs, signal }: DeadlineOptions,
  onPassed: (name: 'TIMEOUT' | 'ABORTED', cause?: unknown) => void,
): () => void {
  const onAbort = () => {
    cancelTimer?.();
    onPassed('ABORTED', signal?.reason);
  };
  const cancelTimer =
    timeoutMs > 0
      ? clock.after(timeoutMs, () => {
          signal?.removeEventListener('abort', onAbort);
          onPassed('TIMEOUT');
        })
      : undefined;
  signal?.addEventListener('abort', onAbort, { once: true });
  return () => {
    cancelTimer?.();
    signal?.removeEventListener('abort', onAbort);
  };
}

/** Resolves when `done` is called, or after that time. */
export function doneWithin(
  clock: Clock,
  timeoutMs: number,
  begin: (done: () => void) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, resolve);
    begin(() => {
      cancel();
      resolve();
    });
  });
}
