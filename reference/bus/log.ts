/** Facts about an event, as members of a log line. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where a bus tells what happens. pino's loggers are of this kind. */
export interface Log {
  info(facts: LogFacts, message: string): void;
  warn(facts: LogFacts, message: string): void;
  error(facts: LogFacts, message: string): void;
}

/** Tells nobody. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * The same log, in which a message comes at most so many times a second; what was left out is told
 * with the next one. For what a peer can cause as often as it likes.
 */
export function rateLimited(log: Log, nowMs: () => number, perSecond = 10): Log {
  const windows = new Map<string, { startMs: number; count: number }>();
  const limited = (write: Log['warn']) => (facts: LogFacts, message: string) => {
    const now = nowMs();
    const window = windows.get(message) ?? { startMs: now, count: 0 };
    windows.set(message, window);
    window.count++;
    if (now - window.startMs >= 1000) {
      const suppressed = Math.max(0, window.count - 1 - perSecond);
      windows.set(message, { startMs: now, count: 1 });
      write(suppressed > 0 ? { ...facts, suppressed } : facts, message);
    } else if (window.count <= perSecond) write(facts, message);
  };
  return {
    info: limited((facts, message) => log.info(facts, message)),
    warn: limited((facts, message) => log.warn(facts, message)),
    error: limited((facts, message) => log.error(facts, message)),
  };
}
