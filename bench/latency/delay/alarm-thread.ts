import { parentPort, workerData } from 'node:worker_threads';
import { type AlarmMemory, alarmClockMs, dueIndex, generationIndex } from './alarm-memory.ts';

const { generation, due } = workerData as AlarmMemory;

for (;;) {
  const seen = Atomics.load(generation, generationIndex);
  if (seen > 0) {
    const leftMs = (due[dueIndex] as number) - alarmClockMs();
    if (leftMs > 0 && Atomics.wait(generation, generationIndex, seen, leftMs) !== 'timed-out') {
      continue;
    }
    parentPort?.postMessage(undefined);
  }
  Atomics.wait(generation, generationIndex, seen);
}
