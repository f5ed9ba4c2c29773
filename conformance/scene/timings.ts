/** How long the suite waits for things, in milliseconds: fitted to the machine and the subject. */
export interface Timings {
  /** For a response, or whatever else should come at once. */
  readonly responseMs: number;
  /** For a subject to start and to answer for the first time. */
  readonly startMs: number;
  /** What is allowed beyond a time that the specification names. */
  readonly graceMs: number;
  /** Whether they are those for a subject that has let many deadlines pass. */
  readonly isShort?: boolean;
}

/**
 * Timings for a machine on which a probe worker starts and answers within `spawnMs`. What ought to
 * come at once may take as long as 50 starts, since other scenarios run at the same time.
 */
export function timingsFrom(spawnMs: number, timeScale: number): Timings {
  const unit = Math.min(Math.max(spawnMs, 40), 400);
  return {
    responseMs: Math.round(50 * unit * timeScale),
    startMs: Math.round(Math.max(8000, 30 * unit) * timeScale),
    graceMs: Math.round(25 * unit * timeScale),
  };
}

/**
 * Timings for a subject that has let many deadlines pass: else a bus that hardly ever answers would
 * take hours to judge. Still ten times what this machine needs.
 */
export function shortTimings(full: Timings): Timings {
  const responseMs = Math.round(full.responseMs / 4);
  return { ...full, responseMs, startMs: Math.round(full.startMs / 2), isShort: true };
}
