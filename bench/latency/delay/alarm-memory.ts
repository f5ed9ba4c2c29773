/** What an alarm and its thread share. */
export interface AlarmMemory {
  /** Rises whenever `due` was written. */
  readonly generation: Int32Array<SharedArrayBuffer>;
  readonly due: Float64Array<SharedArrayBuffer>;
}

export const generationIndex = 0;
export const dueIndex = 0;

/** One clock for all threads: that of `performance` begins anew in each. */
export function alarmClockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
