import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const mode = definition('latency-report#CompletionMode');
const transport = definition('latency-report#LatencyTransport');
const arm = definition('latency-report#Arm');
const phase = definition('latency-report#Phase');
const metric = definition('latency-report#Metric');
const sample = definition('latency-report#Sample');
const summary = definition('latency-report#MetricSummary');
const armResult = definition('latency-report#ArmResult');
const goal = definition('latency-report#Goal');
const settings = definition('latency-report#LatencySettings');
const report = definition('latency-report#LatencyReport');

const phases =
  'registration dns connect tls settings upgrade authorise initialise ready register serialise enqueue wait deserialise accept route queue worker respond unaccounted'.split(
    ' ',
  );
const spread = { count: 30, min: 80, mean: 101.5, p50: 98, p95: 130, p99: 150, max: 151 };
const warm = {
  name: 'grpc-tls/events/80ms/warm',
  transport: 'grpc-tls',
  mode: 'events',
  rttMs: 80,
  pool: 'warm',
};
const oneShot = {
  metric: 'one-shot',
  run: 1,
  index: 0,
  totalUs: 81234.5,
  phases: { wait: 80900, unaccounted: 334.5 },
};
const summed = { metric: 'one-shot', total: spread, coverage: 0.998, phases: { wait: spread } };
const result = { arm: warm, summaries: [summed], samples: [oneShot], failures: 0 };
const made = { samples: 30, warmups: 5, runs: 3, command: ['/bin/true'], cwd: '/' };
const met = {
  name: 'events-over-read',
  subject: 'tcp 80 ms warm',
  value: 0.54,
  limit: 0.62,
  isMet: true,
};
const whole = {
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
  seed: '20260105',
  startedAt: '2026-01-05T09:30:00.000Z',
  durationMs: 60000,
  settings: made,
  arms: [result],
  goals: [met],
  warnings: ['the machine was busy'],
  peers: [{ name: 'reference', version: '0.1.0', command: ['stdio_bus'] }],
};

export const latencyReport: Topic = {
  title: 'Latency reports',
  vectors: [
    ...mode.acceptsEach('PRC-3/mode', ['events', 'read']),
    mode.refuses('PRC-3/mode-unknown', 'An end is learnt in one of two ways', 'poll'),
    ...transport.acceptsEach('FLW-4/transport', [
      'grpc',
      'grpc-tls',
      'ws',
      'ws-tls',
      'tcp',
      'unix',
      'stdio',
    ]),
    transport.refuses('FLW-4/transport-unknown', 'The list of transports is closed', 'http'),
    ...phase.acceptsEach('FLW-4/phase', phases),
    phase.refuses('FLW-4/phase-unknown', 'The list of phases is closed', 'sleep'),
    ...metric.acceptsEach('FLW-4/metric', ['cold-connection', 'small-request', 'one-shot']),
    metric.refuses('FLW-4/metric-unknown', 'The list of metrics is closed', 'oneshot'),

    arm.accepts('FLW-4/arm', 'An arm is one setting', warm),
    arm.accepts('FLW-4/arm-remote', 'An executor may run elsewhere', {
      ...warm,
      rttMs: 0,
      pool: 'cold',
      remote: 'wss://example.org',
    }),
    ...arm.needs('FLW-4/arm', warm, Object.keys(warm)),
    ...arm.isClosed('FLW-4/arm', warm),
    arm.refuses('FLW-4/arm-negative', 'A round trip is not negative', { ...warm, rttMs: -1 }),
    arm.refuses('FLW-4/arm-pool', 'A worker is cold or warm', { ...warm, pool: 'hot' }),
    arm.refuses('FLW-4/arm-empty-remote', 'An address is not empty', { ...warm, remote: '' }),

    sample.accepts('FLW-4/sample', 'A sample has a total and its phases', oneShot),
    sample.accepts('FLW-4/sample-every-phase', 'Every phase may have its time', {
      ...oneShot,
      phases: Object.fromEntries(phases.map((name) => [name, 0])),
      reads: 0,
    }),
    sample.accepts('FLW-4/sample-traced', 'A sample may be there for its spans', {
      ...oneShot,
      traced: true,
    }),
    ...sample.needs('FLW-4/sample', oneShot, Object.keys(oneShot)),
    ...sample.isClosed('FLW-4/sample', oneShot),
    sample.refuses('FLW-4/sample-phase', 'A phase is known', { ...oneShot, phases: { sleep: 1 } }),
    sample.refuses('FLW-4/sample-phase-negative', 'Time is not negative', {
      ...oneShot,
      phases: { wait: -1 },
    }),
    sample.refuses('FLW-4/sample-phase-proto', '__proto__ is no phase', {
      ...oneShot,
      phases: { ['__proto__']: 1 },
    }),
    sample.refuses('FLW-4/sample-run', 'Runs count from 1', { ...oneShot, run: 0 }),
    sample.refuses('FLW-4/sample-index', 'Samples count from 0', { ...oneShot, index: -1 }),
    sample.refuses('FLW-4/sample-total', 'A total is not negative', { ...oneShot, totalUs: -1 }),
    sample.refuses('FLW-4/sample-reads', 'Reads are whole', { ...oneShot, reads: 0.5 }),

    summary.accepts('FLW-4/summary', 'A metric is summed up', summed),
    ...summary.needs('FLW-4/summary', summed, Object.keys(summed)),
    ...summary.isClosed('FLW-4/summary', summed),
    summary.accepts('FLW-4/summary-all', 'Spans may cover all of the time', {
      ...summed,
      coverage: 1,
    }),
    summary.accepts('FLW-4/summary-none', 'Spans may cover nothing', { ...summed, coverage: 0 }),
    summary.refuses('FLW-4/summary-more', 'Spans cover no more than all', {
      ...summed,
      coverage: 1.01,
    }),
    summary.refuses('FLW-4/summary-less', 'Spans cover no less than nothing', {
      ...summed,
      coverage: -0.01,
    }),
    summary.refuses('FLW-4/summary-phase', 'A phase is known', {
      ...summed,
      phases: { nap: spread },
    }),

    armResult.accepts('FLW-4/arm-result', 'An arm keeps all its samples', result),
    armResult.accepts('FLW-4/arm-result-failed', 'Samples may fail', {
      ...result,
      samples: [],
      failures: 2,
      firstFailure: 'connection refused',
    }),
    armResult.accepts('FLW-4/arm-result-delay-error', "An arm has its delay's error", {
      ...result,
      delayErrorUs: { ...spread, p90: 120, p999: 151 },
    }),
    armResult.refuses('FLW-4/arm-result-delay-number', 'A delay error is a distribution', {
      ...result,
      delayErrorUs: 101.5,
    }),
    armResult.refuses('FLW-4/arm-result-delay-none', 'A delay error has a sample', {
      ...result,
      delayErrorUs: { ...spread, count: 0 },
    }),
    armResult.refuses('FLW-4/arm-result-delay-null', 'A delay error is not null', {
      ...result,
      delayErrorUs: null,
    }),
    ...armResult.needs('FLW-4/arm-result', result, Object.keys(result)),
    ...armResult.isClosed('FLW-4/arm-result', result),
    armResult.refuses('FLW-4/arm-result-failures', 'Failures are counted', {
      ...result,
      failures: -1,
    }),
    armResult.refuses('FLW-4/arm-result-empty-failure', 'A failure says something', {
      ...result,
      firstFailure: '',
    }),

    goal.accepts('FLW-4/goal', 'A goal is held against a figure', met),
    ...goal.needs('FLW-4/goal', met, Object.keys(met)),
    ...goal.isClosed('FLW-4/goal', met),
    goal.refuses('FLW-4/goal-unknown', 'The list of goals is closed', { ...met, name: 'speed' }),

    settings.accepts('FLW-4/settings', 'A run has settings', made),
    settings.accepts('FLW-4/settings-least', 'One sample without warm-ups is the least', {
      ...made,
      samples: 1,
      warmups: 0,
      runs: 1,
    }),
    ...settings.needs('FLW-4/settings', made, Object.keys(made)),
    ...settings.isClosed('FLW-4/settings', made),
    settings.refuses('FLW-4/settings-delay-error', 'The error of a delay belongs to its arm', {
      ...made,
      delayErrorUs: spread,
    }),
    settings.refuses('FLW-4/settings-samples', 'There is a sample', { ...made, samples: 0 }),
    settings.refuses('FLW-4/settings-warmups', 'Warm-ups are counted', { ...made, warmups: -1 }),
    settings.refuses('FLW-4/settings-runs', 'There is a run', { ...made, runs: 0 }),

    report.accepts('FLW-4/latency-report', 'A report', whole),
    report.accepts('FLW-4/latency-report-empty', 'A report may have no arms', {
      ...whole,
      $schema: 'latency-report.schema.json',
      durationMs: 0,
      arms: [],
    }),
    ...report.needs('FLW-4/latency-report', whole, Object.keys(whole)),
    ...report.isClosed('FLW-4/latency-report', whole),
    report.accepts('FLW-4/latency-report-no-peers', 'The list of peers may be empty', {
      ...whole,
      peers: [],
    }),
    report.accepts('FLW-4/latency-report-peers', 'Bus, adapter and worker are peers', {
      ...whole,
      peers: ['bus', 'adapter', 'worker'].map((name) => ({ name, command: [`./${name}`] })),
    }),
    report.refuses('FLW-4/latency-report-peer-name', 'A peer is more than a name', {
      ...whole,
      peers: ['reference'],
    }),
    report.refuses('FLW-4/latency-report-peer-command', 'A peer has a command', {
      ...whole,
      peers: [{ name: 'reference' }],
    }),
    report.refuses('FLW-4/latency-report-one-peer', 'Peers are a list', {
      ...whole,
      peers: whole.peers[0],
    }),
    report.refuses('FLW-4/latency-report-warning', 'A warning says something', {
      ...whole,
      warnings: [''],
    }),
    report.refuses('FLW-4/latency-report-version', 'The version is 1', { ...whole, version: 0 }),
    report.refuses('FLW-4/latency-report-time', 'A time is in UTC', { ...whole, startedAt: 'now' }),
    report.refuses('FLW-4/latency-report-arm', 'Each arm keeps to its form', {
      ...whole,
      arms: [warm],
    }),
  ],
};
