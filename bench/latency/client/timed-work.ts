import { PhaseClock, type PhaseSpan } from '../measure/phase-clock.ts';
import type { Peer } from './peer.ts';

/** A piece of work that was timed. */
export interface TimedWork {
  readonly startMs: number;
  readonly endMs: number;
  readonly spans: readonly PhaseSpan[];
}

const timeoutMs = 60_000;

/** It did not come to its end: not counted, and told. */
export class WorkFailure extends Error {
  override name = 'WorkFailure';
}

export interface Outcome<T> {
  resolve(value: T): void;
  reject(reason: string): void;
}

/**
 * Runs work on a peer; its time ends at the moment when it calls `resolve`. The whole is taken apart
 * from the spans, so that what these leave out is seen.
 */
export function timed<T>(
  peer: Peer,
  work: (outcome: Outcome<T>) => void,
): Promise<{ readonly value: T; readonly time: TimedWork }> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const clock = new PhaseClock();
    const fail = (reason: string) => {
      clearTimeout(timer);
      peer.finish();
      reject(new WorkFailure(reason));
    };
    if (peer.closeReason !== undefined) return fail(peer.closeReason);
    peer.onLost = fail;
    const outcome = {
      resolve(value: T) {
        peer.finish();
        const endMs = performance.now();
        clearTimeout(timer);
        resolve({ value, time: { startMs, endMs, spans: clock.spans } });
      },
      reject: fail,
    };
    peer.begin(clock);
    const startMs = performance.now();
    clock.enter('register');
    work(outcome);
    timer = setTimeout(fail, timeoutMs, `not done within ${timeoutMs / 1000} s`);
  });
}
