import { Worker } from 'node:worker_threads';
import { type AlarmMemory, alarmClockMs, dueIndex, generationIndex } from './alarm-memory.ts';

/**
 * Calls back at a moment, to a tenth of a millisecond. A timer of Node is late by up to a whole one and
 * more, and to wait awake takes the processor from what is measured; so a thread sleeps instead.
 */
export interface Alarm {
  /** Replaces what was set before. A time of `alarmClockMs`. */
  set(dueMs: number): void;
}

export function createAlarm(onDue: () => void): Alarm {
  const memory: AlarmMemory = {
    generation: new Int32Array(new SharedArrayBuffer(4)),
    due: new Float64Array(new SharedArrayBuffer(8)),
  };
  const thread = new Worker(new URL('./alarm-thread.js', import.meta.url), { workerData: memory });
  thread.on('message', onDue);
  thread.unref();
  return {
    set(dueMs) {
      if (dueMs <= alarmClockMs()) setImmediate(onDue);
      memory.due[dueIndex] = dueMs;
      Atomics.add(memory.generation, generationIndex, 1);
      Atomics.notify(memory.generation, generationIndex);
    },
  };
}
