import type { LoadQuestion } from '../../schemas/generated/load-report.ts';

/** How much is measured. */
export interface Effort {
  readonly mode: 'quick' | 'default' | 'full';
  /** Questions that are asked only where `--only` names them. */
  readonly leavesOut: readonly LoadQuestion[];
  readonly rounds: number;
  readonly sampleMs: number;
  readonly warmUpMs: number;
  /** Of the round trips. */
  readonly payloads: readonly number[];
  readonly inFlight: readonly number[];
  /** Bytes of a frame, and as many in flight as stay below the queues' limits. */
  readonly throughputPayloads: readonly (readonly [bytes: number, inFlight: number])[];
  readonly connections: readonly number[];
  readonly workers: readonly number[];
  readonly ratesPerSec: readonly number[];
  /** Halvings in the search of the highest rate, and how often it is searched. */
  readonly rateSteps: number;
  readonly rateRounds: number;
  readonly sessions: readonly number[];
  readonly pending: number;
  readonly idleConnections: number;
  readonly idleMs: number;
  readonly startWorkers: number;
  readonly drainPending: number;
}

const kib = 1024;

/** About half a minute for one bus. */
const quick: Effort = {
  mode: 'quick',
  leavesOut: ['highest-rate', 'connections', 'pending', 'idle-connections', 'slow-reader'],
  rounds: 3,
  sampleMs: 100,
  warmUpMs: 50,
  payloads: [200, 16 * kib],
  inFlight: [1, 16, 256],
  throughputPayloads: [[16 * kib, 16]],
  connections: [1, 100],
  workers: [1, 4],
  ratesPerSec: [2000, 20_000],
  rateSteps: 4,
  rateRounds: 2,
  sessions: [10, 10_000],
  pending: 10_000,
  idleConnections: 500,
  idleMs: 1000,
  startWorkers: 4,
  drainPending: 1000,
};

const usual: Effort = {
  mode: 'default',
  leavesOut: [],
  rounds: 5,
  sampleMs: 1000,
  warmUpMs: 250,
  payloads: [200, kib, 16 * kib, 256 * kib],
  inFlight: [1, 4, 16, 64, 256],
  throughputPayloads: [
    [kib, 64],
    [16 * kib, 16],
    [256 * kib, 8],
  ],
  connections: [1, 16, 1000],
  workers: [1, 4, 16],
  ratesPerSec: [1000, 10_000, 50_000],
  rateSteps: 6,
  rateRounds: 3,
  sessions: [10, 10_000, 1_000_000],
  pending: 100_000,
  idleConnections: 5000,
  idleMs: 5000,
  startWorkers: 10,
  drainPending: 10_000,
};

const full: Effort = {
  ...usual,
  mode: 'full',
  rounds: 9,
  sampleMs: 2000,
  warmUpMs: 500,
  payloads: [200, kib, 4 * kib, 16 * kib, 64 * kib, 256 * kib, 1000 * kib],
  inFlight: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  connections: [1, 4, 16, 64, 256, 1000],
  workers: [1, 2, 4, 8, 16],
  ratesPerSec: [500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
  rateSteps: 8,
  rateRounds: 5,
  sessions: [10, 100, 1000, 10_000, 100_000, 1_000_000],
  idleMs: 10_000,
};

export const efforts = { quick, default: usual, full } as const;
