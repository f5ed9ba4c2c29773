import { ArmTally } from '../bench/latency/measure/arm-result.ts';
import { goalsOf } from '../bench/latency/report/goals.ts';
import type {
  Arm,
  LatencyReport,
  LatencyTransport,
  Metric,
  Phase,
} from '../schemas/generated/latency-report.ts';

const metrics = ['cold-connection', 'small-request', 'one-shot'] as const;

/** A small latency report, made of nothing but arithmetic; one arm has a sample that failed. */
export function sampleLatency(): LatencyReport {
  const transports: readonly LatencyTransport[] = ['tcp', 'grpc-tls'];
  const arms = transports.flatMap((transport) =>
    [0, 80].flatMap((rttMs) =>
      (['read', 'events'] as const).map((mode): Arm => {
        const name = `${transport}/${mode}/${rttMs}ms/warm`;
        return { name, transport, mode, rttMs, pool: 'warm' };
      }),
    ),
  );
  const results = arms.map((arm) => resultOf(arm));
  return {
    version: 1,
    suite: { name: 'stdio-bus-kit', version: '0.1.0' },
    machine: {
      os: 'linux',
      release: '6.1.0',
      arch: 'x64',
      cpu: 'Example <CPU>',
      cores: 2,
      memoryBytes: 25769803776,
      node: 'v20.20.2',
    },
    seed: '20260105',
    startedAt: '2026-01-05T09:30:00.000Z',
    durationMs: 60_000,
    settings: { samples: 20, warmups: 2, runs: 1, command: ['echo', '<&">'], cwd: '/' },
    arms: results,
    goals: goalsOf(results),
    warnings: ['the machine was busy when the run began: a load of 3.0 on 2 cores'],
    peers: [{ name: 'bus', version: '0.1.0', command: ['stdio-bus-kit', 'serve'] }],
  };
}

function resultOf(arm: Arm) {
  const tally = new ArmTally(arm);
  for (let index = 0; index < 20; index += 1) {
    for (const metric of metrics) {
      const phases = phasesOf(arm, metric, 1 + index / 10);
      const totalUs = Object.values(phases).reduce((sum, us) => sum + us, 0);
      tally.samples.push({ metric, run: 1, index, totalUs, phases });
    }
  }
  if (arm.name === 'tcp/read/0ms/warm') tally.failed('closed: <b>');
  return tally.result(arm.rttMs > 0 ? [100, 200, 300] : undefined);
}

function phasesOf(arm: Arm, metric: Metric, factor: number): Partial<Record<Phase, number>> {
  const farUs = arm.rttMs * 1000;
  if (metric === 'cold-connection') {
    const tls = arm.transport.endsWith('-tls') ? { tls: farUs + 2000 * factor } : {};
    return { connect: farUs + 100 * factor, ...tls, initialise: farUs + 300, unaccounted: 1 };
  }
  const roundTrips = metric === 'one-shot' && arm.mode === 'read' ? 2 : 1;
  const work = metric === 'one-shot' ? 3000 : 200;
  return { serialise: 20, wait: roundTrips * farUs + work * factor, unaccounted: 0.2 };
}
