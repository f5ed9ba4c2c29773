const shownViolations = 20;

/** What happened in a soak, and what must not have happened. */
export interface Ledger {
  readonly counts: ReadonlyMap<string, number>;
  /** Errors in responses, by name. */
  readonly errors: ReadonlyMap<string, number>;
  /** The first of them, and how many there were in all. */
  readonly violations: readonly string[];
  readonly violationCount: number;
  count(name: string, by?: number): void;
  error(name: string): void;
  violation(text: string): void;
  /** A violation that others follow from: it is shown first. */
  cause(text: string): void;
}

/** An empty ledger; it counts the seconds in its violations from here on. */
export function createLedger(): Ledger {
  const startMs = performance.now();
  const counts = new Map<string, number>();
  const errors = new Map<string, number>();
  const violations: string[] = [];
  let violationCount = 0;
  const timed = (text: string) => {
    violationCount += 1;
    return `after ${((performance.now() - startMs) / 1000).toFixed(1)} s: ${text}`;
  };
  return {
    counts,
    errors,
    violations,
    get violationCount() {
      return violationCount;
    },
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    error: (name) => void errors.set(name, (errors.get(name) ?? 0) + 1),
    violation(text) {
      const line = timed(text);
      if (violations.length < shownViolations) violations.push(line);
    },
    cause: (text) => void violations.unshift(timed(text)),
  };
}
