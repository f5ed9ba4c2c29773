import type { Arm, Metric, Sample } from '../../../schemas/generated/latency-report.ts';
import { closePeer, connectPeer } from '../client/connect-peer.ts';
import { type OneShotCommand, oneShot } from '../client/one-shot.ts';
import type { Peer } from '../client/peer.ts';
import { smallRequest } from '../client/small-request.ts';
import type { TimedWork } from '../client/timed-work.ts';
import type { Routes } from '../subject/route.ts';
import { type ClientTrace, newTraceIds, traceparentOf } from '../trace/client-trace.ts';
import { phasesOf } from './phase-clock.ts';

/** A sample, and what it was made of. */
export interface MeasuredSample {
  readonly sample: Sample;
  readonly trace: ClientTrace;
}

/** Where in a run a sample stands. */
export interface SamplePlace {
  readonly run: number;
  readonly index: number;
  readonly isTraced: boolean;
}

let connections = 0;

/**
 * Makes the work of one sample: connects from nothing, makes a small request, runs a process to its
 * completion, and closes. Rejects where any of it fails; then none of it counts.
 */
export async function measuredSamples(
  arm: Arm,
  command: OneShotCommand,
  { routes, place }: { readonly routes: Routes; readonly place: SamplePlace },
): Promise<MeasuredSample[]> {
  const made: MeasuredSample[] = [];
  const route = await routes.to(arm);
  try {
    const { peer, time } = await connectPeer(route.registration);
    try {
      made.push(measured('cold-connection', time, { arm, place, ids: newTraceIds() }));
      if (peer.dialect === 'jsonrpc') {
        peer.members.sessionId = `latency-${process.pid}-${connections++}`;
      }
      // The bus behind a pipe begins with its client: its worker has not run before.
      if (arm.transport === 'stdio' && arm.pool === 'warm') await smallRequest(peer);
      const small = traced(peer, place);
      made.push(measured('small-request', await smallRequest(peer), { arm, place, ids: small }));
      const ids = traced(peer, place);
      const { result, time: shotTime } = await oneShot(peer, command, arm.mode);
      made.push(measured('one-shot', shotTime, { arm, place, ids, reads: result.reads }));
    } finally {
      await closePeer(peer);
    }
  } finally {
    await route.stop();
  }
  return made;
}

/** The ids of the next piece of work, which the peer is told of in a traced sample. */
function traced(peer: Peer, { isTraced }: SamplePlace) {
  const ids = newTraceIds();
  if (isTraced) peer.members._ext = { trace: { traceparent: traceparentOf(ids) } };
  return ids;
}

interface Measured {
  readonly arm: Arm;
  readonly place: SamplePlace;
  readonly ids: { readonly traceId: string; readonly spanId: string };
  readonly reads?: number;
}

function measured(metric: Metric, time: TimedWork, { arm, place, ids, reads }: Measured) {
  const { run, index, isTraced } = place;
  const sample: Sample = {
    metric,
    run,
    index,
    totalUs: (time.endMs - time.startMs) * 1000,
    phases: phasesOf(time.spans, time),
    ...(reads === undefined ? {} : { reads }),
    ...(isTraced ? { traced: true } : {}),
  };
  const attributes = { 'latency.arm': arm.name, 'latency.run': run, 'latency.index': index };
  return { sample, trace: { ...ids, name: metric, time, attributes } };
}
