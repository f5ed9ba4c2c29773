import { connections } from './connections.ts';
import { cpu } from './cpu.ts';
import { drain } from './drain.ts';
import { highestRate } from './highest-rate.ts';
import { idleConnections } from './idle-connections.ts';
import { openLoop } from './open-loop.ts';
import { pending } from './pending.ts';
import type { Question } from './question.ts';
import { recovery } from './recovery.ts';
import { roundTrip } from './round-trip.ts';
import { sessions } from './sessions.ts';
import { slowReader } from './slow-reader.ts';
import { start } from './start.ts';
import { throughput } from './throughput.ts';
import { workers } from './workers.ts';

/** All that is asked, in this order. */
export const questions: readonly Question[] = [
  roundTrip,
  throughput,
  connections,
  workers,
  openLoop,
  highestRate,
  sessions,
  pending,
  idleConnections,
  start,
  recovery,
  drain,
  slowReader,
  cpu,
];
