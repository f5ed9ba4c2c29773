import { type Alarm, createAlarm } from './alarm.ts';
import { alarmClockMs } from './alarm-memory.ts';

/** One alarm for many: each is called when it is due. */
export interface AlarmQueue {
  wake(sleeper: () => void, dueMs: number): void;
}

export function createAlarmQueue(): AlarmQueue {
  const sleepers = new Map<() => void, number>();
  let setMs = Number.POSITIVE_INFINITY;
  const alarm: Alarm = createAlarm(ring);

  function ring(): void {
    const nowMs = alarmClockMs();
    setMs = Number.POSITIVE_INFINITY;
    for (const [sleeper, dueMs] of [...sleepers]) {
      if (dueMs > nowMs) continue;
      sleepers.delete(sleeper);
      sleeper();
    }
    const nextMs = Math.min(...sleepers.values());
    if (nextMs < setMs) arm(nextMs);
  }

  function arm(dueMs: number): void {
    setMs = dueMs;
    alarm.set(dueMs);
  }

  return {
    wake(sleeper, dueMs) {
      sleepers.set(sleeper, Math.min(dueMs, sleepers.get(sleeper) ?? dueMs));
      if (dueMs < setMs) arm(dueMs);
    },
  };
}
