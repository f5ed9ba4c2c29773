import type { LoadReport } from '../../schemas/generated/load-report.ts';
import { busyMachineText } from './busy-machine.ts';
import { measuresOf, timeText } from './measure.ts';
import { figureOf, type Result } from './results.ts';
import { medianOf } from './statistics.ts';
import { grouped, workText } from './work-text.ts';

/** Above this share of a core, the generator may be what was measured. */
const busyShare = 0.9;
/** Fastest to slowest round; above it, something else used the machine. */
const steadySpread = 1.5;
/** Of a latency; above it, it is the generator's as much as the bus's. */
const latenessShare = 0.5;

/** What went wrong with the requests or the subject; undefined where nothing did. */
export function faultOf({ counts, error }: Result): string | undefined {
  const { lost, duplicated, misrouted, errors } = counts;
  const faults = Object.entries({ lost, duplicated, misrouted, errors })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${grouped(count)} ${name}`);
  if (error !== undefined) faults.unshift(error);
  return faults.length === 0 ? undefined : faults.join(', ');
}

/** What to know before reading the figure: the load generator was the limit, or rounds differ. */
export function notesOf(result: Result): string[] {
  const { samples } = result;
  const notes: string[] = [];
  const shares = samples.flatMap(({ generatorCpuShare }) => generatorCpuShare ?? []);
  const share = medianOf(shares);
  if (share > busyShare) {
    notes.push(`bound by the load generator (${Math.round(share * 100)} % of a core)`);
  }
  const lateness = medianOf(samples.flatMap(({ generatorLatenessUs: late }) => late ?? []));
  const p99 = figureOf(result, 'p99') ?? Number.POSITIVE_INFINITY;
  if (lateness > p99 * latenessShare) {
    notes.push(`the load generator itself was ${timeText(lateness)} late (p99)`);
  }
  const rates = samples.flatMap(({ framesPerSec, error }) =>
    framesPerSec && error === undefined ? [framesPerSec] : [],
  );
  const spread = Math.max(...rates) / Math.min(...rates);
  if (rates.length > 1 && spread > steadySpread) {
    notes.push(`unsteady: ×${spread.toFixed(1)} between rounds`);
  }
  if (isBehind(result)) notes.push('did not keep up with the rate');
  return notes;
}

/** What to know of the run as a whole, a sentence each. */
export function remarksOnRun(
  report: Pick<LoadReport, 'loadAtStart' | 'machine' | 'samples'>,
): string[] {
  const busy = busyMachineText(report.machine, report.loadAtStart ?? 0);
  const notAsked = notAskedText(report);
  return [
    ...(busy === undefined ? [] : [`Doubtful: ${busy}.`]),
    ...(notAsked === undefined ? [] : [notAsked]),
  ];
}

/** What was not asked, in words; undefined where everything was, or only a few were chosen. */
function notAskedText(report: Pick<LoadReport, 'samples'>): string | undefined {
  const asked = new Set<string>(report.samples.map(({ question }) => question));
  const missing = Object.keys(measuresOf).filter((name) => !asked.has(name));
  if (missing.length === 0 || missing.length >= asked.size) return undefined;
  return `Not asked in this run: ${missing.join(', ')}.`;
}

/** Every note with its place, for the report as a whole. */
export function warningsOf(results: readonly Result[]): string[] {
  return results.flatMap((result) =>
    notesOf(result).map(
      (note) => `${result.subject}, ${workText(result.question, result.point)}: ${note}`,
    ),
  );
}

function isBehind(result: Result): boolean {
  const { ratePerSec } = result.point;
  const rate = figureOf(result, 'framesPerSec');
  return ratePerSec !== undefined && rate !== undefined && rate < ratePerSec * 0.97;
}
