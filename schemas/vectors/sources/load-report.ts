import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const question = definition('load-report#LoadQuestion');
const point = definition('load-report#LoadPoint');
const counts = definition('load-report#LoadCounts');
const sample = definition('load-report#LoadSample');
const ratio = definition('load-report#LoadRatio');
const subject = definition('load-report#LoadSubject');
const settings = definition('load-report#LoadSettings');
const report = definition('load-report#LoadReport');

const questions =
  'round-trip throughput open-loop connections workers sessions idle-connections start recovery drain slow-reader cpu'.split(
    ' ',
  );
const measures = 'framesPerSec bytesPerSec p50 p99 rssBytes cpuUsPerFrame durationUs'.split(' ');
const counted = { sent: 1000, answered: 1000, lost: 0, duplicated: 0, misrouted: 0, errors: 0 };
const measured = {
  subject: 'ours',
  round: 1,
  question: 'throughput',
  point: { inFlight: 64 },
  counts: counted,
};
const compared = {
  subject: 'theirs',
  question: 'throughput',
  point: { inFlight: 64 },
  measure: 'framesPerSec',
  interval: { ratio: 0.61, low: 0.58, high: 0.64, confidence: 0.95 },
};
const ours = {
  identity: { name: 'ours', command: ['stdio_bus'] },
  role: 'subject',
  gate: 'passed',
  gateFailures: [],
};
const made = { mode: 'quick', sampleMs: 1000 };
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
  rounds: 5,
  subjects: [ours],
  samples: [measured],
  ratios: [compared],
  settings: made,
};

/** Members of a point that count things, from 1. */
const counters = ['payloadBytes', 'inFlight', 'connections', 'workers', 'sessions'];

/** Figures of a sample, none of them negative. */
const figures =
  'framesPerSec bytesPerSec rssBytes cpuUsPerFrame cpuShare durationUs generatorCpuShare'.split(
    ' ',
  );

export const loadReport: Topic = {
  title: 'Load reports',
  vectors: [
    ...question.acceptsEach('FLW-4/question', questions),
    question.refuses('FLW-4/question-unknown', 'The list of questions is closed', 'latency'),
    point.accepts('FLW-4/point', 'A point is a setting of the load', {
      payloadBytes: 200,
      inFlight: 64,
      connections: 1,
      workers: 1,
      sessions: 1000000,
      ratePerSec: 0.5,
      transport: 'tcp',
    }),
    point.accepts(
      'FLW-4/point-empty',
      'A point may be empty: a start or idleness varies nothing',
      {},
    ),
    point.refuses('FLW-4/point-null', 'A point is not null', null),
    point.refuses('FLW-4/point-list', 'A list is no point', []),
    ...point.isClosed('FLW-4/point', { workers: 1 }),
    ...counters.map((counter) =>
      point.refuses(`FLW-4/point-zero-${nameOf(counter)}`, `${counter} counts from 1`, {
        [counter]: 0,
      }),
    ),
    point.refuses('FLW-4/point-rate', 'A rate is above 0', { ratePerSec: 0 }),
    point.refuses('FLW-4/point-transport', 'A transport is known', { transport: 'pipe' }),

    counts.accepts('COR-1/load-counts', 'Every request is counted', counted),
    ...counts.needs('COR-1/load-counts', counted, Object.keys(counted)),
    ...counts.isClosed('COR-1/load-counts', counted),
    ...Object.keys(counted).map((counter) =>
      counts.refuses(`COR-1/load-counts-negative-${counter}`, `${counter} is not negative`, {
        ...counted,
        [counter]: -1,
      }),
    ),

    sample.accepts('FLW-4/load-sample', 'A subject is measured at a point', measured),
    sample.accepts('FLW-4/load-sample-full', 'A sample may say more', {
      ...measured,
      framesPerSec: 52000,
      bytesPerSec: 10400000,
      latencyUs: { count: 1, min: 1, mean: 1, p50: 1, p95: 1, p99: 1, max: 1 },
      histogram: 'AAAA',
      rssBytes: 52428800,
      cpuUsPerFrame: 9.5,
      cpuShare: 0.02,
      durationUs: 0,
      generatorCpuShare: 0.7,
      error: 'the subject died',
    }),
    sample.accepts('FLW-4/load-sample-start', 'A start is measured at an empty point', {
      ...measured,
      question: 'start',
      point: {},
      durationUs: 41000.5,
    }),
    sample.accepts('FLW-4/load-sample-idle', 'An idle bus may use no processor', {
      ...measured,
      question: 'idle-connections',
      point: { connections: 1000 },
      cpuShare: 0,
    }),
    sample.accepts('FLW-4/load-sample-cores', 'A bus may use more than one core', {
      ...measured,
      cpuShare: 1.75,
    }),
    sample.refuses('FLW-4/load-sample-cpu-text', 'A share is a number', {
      ...measured,
      cpuShare: '2%',
    }),
    ...sample.needs('FLW-4/load-sample', measured, Object.keys(measured)),
    ...sample.isClosed('FLW-4/load-sample', measured),
    ...figures.map((figure) =>
      sample.refuses(`FLW-4/load-sample-negative-${nameOf(figure)}`, `${figure} is not negative`, {
        ...measured,
        [figure]: -1,
      }),
    ),
    sample.refuses('FLW-4/load-sample-round', 'Rounds count from 1', { ...measured, round: 0 }),
    sample.refuses('FLW-4/load-sample-histogram', 'A histogram is base64', {
      ...measured,
      histogram: 'HIST!',
    }),
    sample.refuses('FLW-4/load-sample-empty-error', 'An error says something', {
      ...measured,
      error: '',
    }),

    ...measures.map((measure) =>
      ratio.accepts(`FLW-4/ratio-of-${nameOf(measure)}`, `${measure} may be compared`, {
        ...compared,
        measure,
      }),
    ),
    ...ratio.needs('FLW-4/ratio', compared, Object.keys(compared)),
    ...ratio.isClosed('FLW-4/ratio', compared),
    ratio.refuses('FLW-4/ratio-measure', 'The list of measures is closed', {
      ...compared,
      measure: 'p999',
    }),

    subject.accepts('FLW-4/load-subject', 'A subject passed the gate', ours),
    subject.accepts('FLW-4/load-subject-relay', 'A relay shows the limit', {
      ...ours,
      role: 'relay',
      gate: 'not-run',
    }),
    subject.accepts('FLW-4/load-subject-worker', 'A worker without a bus shows the limit', {
      ...ours,
      role: 'worker',
      gate: 'not-run',
    }),
    subject.accepts('FLW-4/load-subject-failed', 'A subject may fail the gate', {
      ...ours,
      gate: 'failed',
      gateFailures: ['COR-1', 'FRM-3'],
    }),
    ...subject.needs('FLW-4/load-subject', ours, Object.keys(ours)),
    ...subject.isClosed('FLW-4/load-subject', ours),
    subject.refuses('FLW-4/load-subject-role', 'A role is known', { ...ours, role: 'bus' }),
    subject.refuses('FLW-4/load-subject-gate', 'A gate ends in one of three ways', {
      ...ours,
      gate: 'skipped',
    }),
    subject.refuses('FLW-4/load-subject-failure', 'A failure names its requirement', {
      ...ours,
      gateFailures: ['lost frames'],
    }),

    ...['quick', 'default', 'full'].map((mode) =>
      settings.accepts(`FLW-4/load-settings-${mode}`, `A run may be ${mode}`, { ...made, mode }),
    ),
    ...settings.needs('FLW-4/load-settings', made, Object.keys(made)),
    ...settings.isClosed('FLW-4/load-settings', made),
    settings.refuses('FLW-4/load-settings-mode', 'The list of modes is closed', {
      ...made,
      mode: 'slow',
    }),
    settings.accepts('FLW-4/load-settings-least', 'A millisecond is the least', {
      ...made,
      sampleMs: 1,
    }),
    settings.refuses('FLW-4/load-settings-zero', 'A measurement takes time', {
      ...made,
      sampleMs: 0,
    }),
    settings.refuses('FLW-4/load-settings-fraction', 'Milliseconds are whole', {
      ...made,
      sampleMs: 0.5,
    }),

    report.accepts('FLW-4/load-report', 'A report', whole),
    report.accepts('FLW-4/load-report-warned', 'A report may warn', {
      ...whole,
      $schema: 'load-report.schema.json',
      ratios: [],
      warnings: ['bound by the load generator'],
    }),
    report.accepts('FLW-4/load-report-load', 'A report says how busy the machine was', {
      ...whole,
      loadAtStart: 0.25,
    }),
    report.refuses('FLW-4/load-report-load-negative', 'A load is not negative', {
      ...whole,
      loadAtStart: -1,
    }),
    ...report.needs('FLW-4/load-report', whole, Object.keys(whole)),
    ...report.isClosed('FLW-4/load-report', whole),
    report.refuses('FLW-4/load-report-rounds', 'There is a round', { ...whole, rounds: 0 }),
    report.refuses('FLW-4/load-report-empty-warning', 'A warning says something', {
      ...whole,
      warnings: [''],
    }),
    report.refuses('FLW-4/load-report-settings', 'A report says how it was made', {
      ...whole,
      settings: {},
    }),
    report.refuses('FLW-4/load-report-seed', 'A seed is one word', { ...whole, seed: '' }),
  ],
};
