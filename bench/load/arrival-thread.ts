/** Wakes the load generator at each arrival, or at the first after a pause where they are many. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowNs } from './now.ts';

const { isStopped, stepNs } = workerData as { isStopped: Int32Array; stepNs: number };
/** More often than this would cost more processor time than it gains. */
const shortestPauseNs = 100_000;

parentPort?.once('message', (beganNs: number) => {
  let pauseNs = 0;
  while (Atomics.wait(isStopped, 0, 0, pauseNs / 1e6) === 'timed-out') {
    parentPort?.postMessage('due');
    const sinceNs = nowNs() - beganNs;
    const next = Math.ceil((sinceNs + Math.min(shortestPauseNs, stepNs)) / stepNs);
    pauseNs = Math.max(shortestPauseNs, next * stepNs - sinceNs);
  }
  parentPort?.close();
});
parentPort?.postMessage('ready');
