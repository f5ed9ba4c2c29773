/** Monotonic time in nanoseconds; comparable between processes of one machine. */
export function nowNs(): number {
  return Number(process.hrtime.bigint());
}
