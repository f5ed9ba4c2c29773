import type { Row, Sample, Unit } from '../report/row.ts';
import { medianOf, pairedRatio } from '../report/statistics.ts';
import type { Transport } from '../subjects/subject.ts';
import type { Bench, Scenario } from './bench.ts';
import { closeLanes, faultOf, interleave, type Lane, noteOf, openLane } from './lane.ts';

/** How a measurement becomes a figure. */
const measures = {
  p50: { unit: 'µs', of: ({ latencyUs }: Sample) => latencyUs?.p50 ?? Number.NaN },
  framesPerSec: { unit: 'frames/s', of: ({ framesPerSec }: Sample) => framesPerSec },
  bytesPerSec: { unit: 'MB/s', of: ({ bytesPerSec }: Sample) => bytesPerSec / 1e6 },
} as const satisfies Record<string, { unit: Unit; of(sample: Sample): number }>;

export interface AgainstRelayOptions {
  readonly name: string;
  readonly work: string;
  readonly transport: Transport;
  readonly inFlight: number;
  readonly frameBytes: number;
  readonly measure: keyof typeof measures;
  /** Ratio to the relay: at most this where less is better, else at least this. */
  readonly goal: number;
}

/** One connection and one worker: each subject beside the relay and the worker alone. */
export function againstRelay(options: AgainstRelayOptions): Scenario {
  const { name, work, transport, inFlight, frameBytes } = options;
  const load = { connections: 1, inFlight, frameBytes, sessions: 16, method: 'echo' } as const;

  async function run(bench: Bench): Promise<Row[]> {
    const { worker, relay } = bench.baselines;
    const lanes: Lane[] = [];
    try {
      for (const subject of [worker, relay, ...bench.subjects]) {
        const start = { transport, workers: 1 };
        lanes.push(await openLane(bench, { subject, work, load, start }));
      }
      await interleave(bench, lanes, name);
    } finally {
      await closeLanes(lanes);
    }
    const relayLane = lanes.find(({ subject }) => subject === relay) as Lane;
    return lanes.map((lane) => rowOf(lane, relayLane, options));
  }

  return { name, summary: work, run };
}

function rowOf(lane: Lane, relayLane: Lane, options: AgainstRelayOptions): Row {
  const { unit, of } = measures[options.measure];
  const values = lane.samples.map(of);
  const fault = faultOf(lane);
  const note = noteOf(lane);
  const row: Row = {
    scenario: options.name,
    work: options.work,
    subject: lane.subject.name,
    ...(values.length > 0 && { value: medianOf(values), unit }),
    ...(fault !== undefined && { fault }),
    ...(note !== undefined && { note }),
  };
  if (lane.subject.role !== 'subject') return row;
  const isLessBetter = options.measure === 'p50';
  const goal = `${isLessBetter ? '≤' : '≥'} ${options.goal} × relay`;
  if (values.length === 0 || relayLane.samples.length === 0) return { ...row, goal };
  const { ratio, low, high } = pairedRatio(values, relayLane.samples.map(of));
  const isGood = isLessBetter ? ratio <= options.goal : ratio >= options.goal;
  return {
    ...row,
    compared: `${ratio.toFixed(2)} × relay (${low.toFixed(2)}–${high.toFixed(2)})`,
    ratio,
    goal,
    isMet: isGood && fault === undefined,
  };
}
