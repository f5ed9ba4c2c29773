import type { LoadReport, LoadSample } from '../../schemas/generated/load-report.ts';
import { createLatencySamples } from '../load/latency-samples.ts';
import { ratiosOf } from './ratios.ts';

/** A small report with a bus that is well and one that is not, for tests. */
export function sampleReport(): LoadReport {
  const samples = [1, 2, 3].flatMap((round) =>
    [1, 16, 256].flatMap((inFlight) => [
      throughput('ours', round, inFlight, 20_000),
      throughput('theirs', round, inFlight, 9000),
      throughput('relay', round, inFlight, 40_000),
    ]),
  );
  const broken = samples.findIndex(({ subject }) => subject === 'theirs');
  const counts = { sent: 100, answered: 97, lost: 3, duplicated: 1, misrouted: 0, errors: 0 };
  samples[broken] = { ...(samples[broken] as LoadSample), counts, error: 'ended: SIGSEGV' };
  const subjects: LoadReport['subjects'] = [
    {
      identity: { name: 'ours', command: ['ours'] },
      role: 'subject',
      gate: 'passed',
      gateFailures: [],
    },
    {
      identity: { name: 'theirs', command: ['theirs', '<&">'] },
      role: 'subject',
      gate: 'failed',
      gateFailures: ['FRM-3', 'AFF-1'],
    },
    {
      identity: { name: 'relay', command: ['relay'] },
      role: 'relay',
      gate: 'not-run',
      gateFailures: [],
    },
  ];
  const facts = { seed: '20260105', subjects, samples };
  return {
    version: 1,
    suite: { name: 'stdio-bus-kit', version: '0.1.0' },
    machine: {
      os: 'linux',
      release: '6.1.0',
      arch: 'x64',
      cpu: 'Example CPU',
      cores: 2,
      memoryBytes: 25769803776,
      node: 'v20.20.2',
    },
    startedAt: '2026-01-05T09:30:00.000Z',
    durationMs: 60_000,
    rounds: 3,
    ...facts,
    ratios: ratiosOf(facts),
    settings: { mode: 'quick', sampleMs: 100, p99BoundUs: 5000, worker: 'c' },
  };
}

function throughput(subject: string, round: number, inFlight: number, speed: number): LoadSample {
  const latency = createLatencySamples();
  for (let at = 0; at < 200; at++) latency.record((1e9 / speed) * (1 + at / 100));
  const framesPerSec = speed * Math.sqrt(inFlight) * (1 + round / 20);
  const histogram = latency.histogram();
  const latencyUs = latency.summary();
  return {
    subject,
    round,
    question: 'throughput',
    point: { payloadBytes: 200, inFlight },
    counts: { sent: 200, answered: 200, lost: 0, duplicated: 0, misrouted: 0, errors: 0 },
    framesPerSec,
    ...(latencyUs && { latencyUs }),
    ...(histogram && { histogram }),
    generatorCpuShare: 0.5,
  };
}
