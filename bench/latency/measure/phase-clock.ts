import type { Phase } from '../../../schemas/generated/latency-report.ts';

export type SpanName = Exclude<Phase, 'unaccounted'>;

/** A named piece of time, as `performance.now()` gives it. */
export interface PhaseSpan {
  readonly name: SpanName;
  readonly startMs: number;
  readonly endMs: number;
}

const mostMarks = 4096;

/**
 * Takes the spans of one timed piece of work, one after the other. It only notes the moments, for
 * what it does in between is in no span.
 */
export class PhaseClock {
  readonly #names: (SpanName | undefined)[] = [];
  readonly #marksMs = new Float64Array(mostMarks);
  #count = 0;

  /** Ends the span that runs, and begins the next. */
  enter(name: SpanName): void {
    this.#mark(name);
  }

  /** Ends the span that runs: until the next `enter`, time is unaccounted for. */
  leave(): void {
    this.#mark(undefined);
  }

  #mark(name: SpanName | undefined): void {
    this.#marksMs[this.#count] = performance.now();
    this.#names[this.#count] = name;
    if (this.#count < mostMarks - 1) this.#count += 1;
  }

  /** The spans that have ended; neighbours of one name are one. */
  get spans(): PhaseSpan[] {
    const spans: PhaseSpan[] = [];
    for (let at = 0; at < this.#count - 1; at += 1) {
      const name = this.#names[at];
      if (name === undefined) continue;
      const startMs = this.#marksMs[at] as number;
      const endMs = this.#marksMs[at + 1] as number;
      const last = spans.at(-1);
      const isSame = last?.name === name && last.endMs === startMs;
      if (isSame) spans[spans.length - 1] = { ...last, endMs };
      else spans.push({ name, startMs, endMs });
    }
    return spans;
  }
}

/**
 * Time per phase in microseconds, of a piece of work from `startMs` to `endMs`. What lies in no
 * span is `unaccounted`, also where spans overlap or reach beyond.
 */
export function phasesOf(
  spans: readonly PhaseSpan[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Partial<Record<Phase, number>> {
  const phases: Partial<Record<Phase, number>> = {};
  let namedMs = 0;
  let reachedMs = startMs;
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    phases[span.name] = (phases[span.name] ?? 0) + Math.max(0, span.endMs - span.startMs) * 1000;
    const fromMs = Math.max(span.startMs, reachedMs);
    const toMs = Math.min(span.endMs, endMs);
    if (toMs > fromMs) namedMs += toMs - fromMs;
    reachedMs = Math.max(reachedMs, toMs);
  }
  return { ...phases, unaccounted: Math.max(0, (endMs - startMs - namedMs) * 1000) };
}
