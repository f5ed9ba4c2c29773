import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createLatencySamples } from './latency-samples.ts';
import type { LoadConnection } from './load-connection.ts';
import type { MeasuredWindow } from './measured-window.ts';
import { nowNs } from './now.ts';

/** Requests that go out on schedule, whatever becomes of those before them. */
export interface Arrivals {
  begin(load: { connections: readonly LoadConnection[]; window: MeasuredWindow }): void;
  /** Sends what is due. */
  sendDue(atNs: number): void;
  /** How late requests left, 99th percentile in microseconds. */
  latenessUs(): number | undefined;
  stop(): void;
}

/**
 * Resolves when it can begin; ends when the window is over. Timers of an event loop have
 * milliseconds, so a thread that sleeps says when something is due.
 */
export async function createArrivals(ratePerSec: number): Promise<Arrivals> {
  const stepNs = 1e9 / ratePerSec;
  const lateness = createLatencySamples();
  const isStopped = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(new URL('./arrival-thread.js', import.meta.url), {
    workerData: { isStopped, stepNs },
  });
  await once(thread, 'message');
  let connections: readonly LoadConnection[] = [];
  let window: MeasuredWindow | undefined;
  let beganNs = 0;
  let arrived = 0;
  let turn = 0;

  function sendDue(atNs: number): void {
    if (window === undefined || window.isOver) return;
    const due = Math.floor((atNs - beganNs) / stepNs) - arrived;
    if (due <= 0) return;
    const firstNs = beganNs + (arrived + 1) * stepNs;
    const connection = connections[turn++ % connections.length] as LoadConnection;
    const sent = connection.send(due, firstNs, stepNs);
    arrived += sent;
    if (!window.isOpen) return;
    for (let at = 0; at < sent; at++) lateness.record(atNs - firstNs - at * stepNs);
  }

  return {
    begin(load) {
      ({ connections, window } = load);
      beganNs = nowNs();
      thread.on('message', () => {
        const atNs = nowNs();
        load.window.tick(atNs);
        sendDue(atNs);
      });
      thread.postMessage(beganNs);
    },
    sendDue,
    latenessUs: () => lateness.summary()?.p99,
    stop() {
      Atomics.store(isStopped, 0, 1);
      Atomics.notify(isStopped, 0);
    },
  };
}
