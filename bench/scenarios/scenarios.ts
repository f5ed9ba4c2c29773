import { againstRelay } from './against-relay.ts';
import type { Scenario } from './bench.ts';
import { connections } from './connections.ts';
import { idleConnections } from './idle-connections.ts';
import { idleCpu } from './idle-cpu.ts';
import { pending } from './pending.ts';
import { sessions } from './sessions.ts';
import { start } from './start.ts';
import { workers } from './workers.ts';

const roundTrip = { inFlight: 1, frameBytes: 200, measure: 'p50', goal: 1.25 } as const;
const throughput = {
  transport: 'tcp',
  frameBytes: 200,
  measure: 'framesPerSec',
  goal: 0.5,
} as const;
const payload = { transport: 'tcp', measure: 'bytesPerSec' } as const;

/** All that is measured, in this order. Requests in flight of 256 KiB stay below the queues' limit. */
export const scenarios: readonly Scenario[] = [
  againstRelay({
    ...roundTrip,
    name: 'round-trip-tcp',
    work: 'round trip over TCP, 1 in flight, 200 B, p50',
    transport: 'tcp',
  }),
  againstRelay({
    ...roundTrip,
    name: 'round-trip-unix',
    work: 'round trip over Unix, 1 in flight, 200 B, p50',
    transport: 'unix',
  }),
  againstRelay({ ...throughput, name: 'in-flight-64', work: '64 in flight, 200 B', inFlight: 64 }),
  againstRelay({
    ...throughput,
    name: 'in-flight-256',
    work: '256 in flight, 200 B',
    inFlight: 256,
  }),
  againstRelay({
    ...payload,
    name: 'payload-1k',
    work: '1 KiB, 64 in flight',
    frameBytes: 1024,
    inFlight: 64,
    goal: 0.5,
  }),
  againstRelay({
    ...payload,
    name: 'payload-16k',
    work: '16 KiB, 16 in flight',
    frameBytes: 16 * 1024,
    inFlight: 16,
    goal: 0.6,
  }),
  againstRelay({
    ...payload,
    name: 'payload-256k',
    work: '256 KiB, 8 in flight',
    frameBytes: 256 * 1024,
    inFlight: 8,
    goal: 0.6,
  }),
  connections,
  workers,
  sessions,
  pending,
  idleConnections,
  start,
  idleCpu,
];
