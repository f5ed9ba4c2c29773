import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const machine = definition('run#Machine');
const suite = definition('run#Suite');
const sha256 = definition('run#Sha256');
const timestamp = definition('run#Timestamp');
const seed = definition('run#Seed');
const identity = definition('run#SubjectIdentity');
const percentiles = definition('run#Percentiles');
const interval = definition('run#Interval');

const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const host = {
  os: 'linux',
  release: '6.1.0',
  arch: 'x64',
  cpu: 'Example CPU',
  cores: 2,
  memoryBytes: 25769803776,
  node: 'v20.20.2',
};
const kit = { name: 'stdio-bus-kit', version: '0.1.0' };
const reference = { name: 'reference', command: ['stdio_bus', '--config', '{config}'] };
const spread = { count: 30, min: 80, mean: 101.5, p50: 98, p95: 130, p99: 150, max: 151 };
const ratio = { ratio: 0.61, low: 0.58, high: 0.64, confidence: 0.95 };

/** Texts that are no time in UTC: name, why, the text. */
const badTimes: readonly (readonly [string, string, string])[] = [
  ['no-zone', 'A time ends with Z', '2026-01-05T09:30:00'],
  ['offset', 'A time has no offset', '2026-01-05T09:30:00+00:00'],
  ['lower-case', 'T and Z are capitals', '2026-01-05t09:30:00z'],
  ['space', 'Date and time are joined by T', '2026-01-05 09:30:00Z'],
  ['no-seconds', 'A time has seconds', '2026-01-05T09:30Z'],
  ['date', 'A date is no time', '2026-01-05'],
  ['empty-fraction', 'A point has digits after it', '2026-01-05T09:30:00.Z'],
  ['line-feed', 'No line feed stands after a time', '2026-01-05T09:30:00Z\n'],
];

export const runs: Topic = {
  title: 'Facts about a run, in every report',
  vectors: [
    machine.accepts('FRM-1/machine', 'A machine is described', host),
    ...machine.needs('FRM-1/machine', host, Object.keys(host)),
    ...machine.isClosed('FRM-1/machine', host),
    machine.accepts('FRM-1/machine-one-core', 'One core is the least', { ...host, cores: 1 }),
    machine.refuses('FRM-1/machine-no-core', 'A machine has a core', { ...host, cores: 0 }),
    machine.accepts('FRM-1/machine-no-memory', 'Memory may be unknown', {
      ...host,
      memoryBytes: 0,
    }),
    machine.refuses('FRM-1/machine-memory', 'Memory is not negative', { ...host, memoryBytes: -1 }),
    machine.refuses('FRM-1/machine-empty-cpu', 'A processor has a name', { ...host, cpu: '' }),
    suite.accepts('FRM-1/suite', 'A suite has a name and a version', kit),
    ...suite.needs('FRM-1/suite', kit, ['name', 'version']),
    ...suite.isClosed('FRM-1/suite', kit),
    suite.refuses('FRM-1/suite-empty-version', 'A version is not empty', { ...kit, version: '' }),

    sha256.accepts('FRM-1/sha256', 'A digest has 64 digits', digest),
    sha256.refuses('FRM-1/sha256-short', 'A digest of 63 digits is too short', digest.slice(1)),
    sha256.refuses('FRM-1/sha256-long', 'A digest of 65 digits is too long', `0${digest}`),
    sha256.refuses('FRM-1/sha256-capitals', 'A digest is in lower case', digest.toUpperCase()),
    sha256.refuses('FRM-1/sha256-no-hex', 'A digest is hex', `g${digest.slice(1)}`),
    sha256.refuses('FRM-1/sha256-line-feed', 'No line feed stands after a digest', `${digest}\n`),
    timestamp.accepts('FRM-1/time', 'A time in UTC', '2026-01-05T09:30:00Z'),
    timestamp.accepts(
      'FRM-1/time-fraction',
      'A time may have a fraction',
      '2026-01-05T09:30:00.000Z',
    ),
    ...badTimes.map(([name, description, text]) =>
      timestamp.refuses(`FRM-1/time-${name}`, description, text),
    ),
    timestamp.refuses('FRM-1/time-number', 'A number is no time', 1767605400000),
    seed.accepts('FRM-1/seed', 'A seed is a word', '20260105'),
    seed.accepts('FRM-1/seed-64', 'A seed of 64 is within the limit', 'aZ_-'.repeat(16)),
    seed.refuses('FRM-1/seed-65', 'A seed of 65 is over it', 's'.repeat(65)),
    seed.refuses('FRM-1/seed-empty', 'A seed is not empty', ''),
    seed.refuses('FRM-1/seed-space', 'A seed is one word', 'a b'),
    seed.refuses('FRM-1/seed-number', 'A seed is a string', 20260105),

    identity.accepts('FRM-1/identity', 'A subject has a name and a command', reference),
    identity.accepts('FRM-1/identity-full', 'A subject may say more', {
      ...reference,
      version: '1.2',
      sha256: digest,
    }),
    ...identity.needs('FRM-1/identity', reference, ['name', 'command']),
    ...identity.isClosed('FRM-1/identity', reference),
    identity.refuses('FRM-1/identity-digest', 'A digest is one', { ...reference, sha256: '' }),
    identity.refuses('FRM-1/identity-no-program', 'A command has a program', {
      ...reference,
      command: [],
    }),

    percentiles.accepts('FRM-1/percentiles', 'A distribution', spread),
    percentiles.accepts('FRM-1/percentiles-full', 'A distribution with every percentile', {
      ...spread,
      p90: 120,
      p999: 151,
    }),
    ...percentiles.needs('FRM-1/percentiles', spread, Object.keys(spread)),
    ...percentiles.isClosed('FRM-1/percentiles', spread),
    percentiles.accepts('FRM-1/percentiles-one', 'One sample is enough', {
      count: 1,
      min: 0,
      mean: 0,
      p50: 0,
      p95: 0,
      p99: 0,
      max: 0,
    }),
    percentiles.refuses('FRM-1/percentiles-none', 'A distribution has a sample', {
      ...spread,
      count: 0,
    }),
    percentiles.refuses('FRM-1/percentiles-negative', 'Time is not negative', {
      ...spread,
      min: -1,
    }),
    percentiles.refuses('FRM-1/percentiles-null', 'A percentile is not null', {
      ...spread,
      p999: null,
    }),
    interval.accepts('FRM-1/interval', 'A ratio lies in an interval', ratio),
    ...interval.needs('FRM-1/interval', ratio, Object.keys(ratio)),
    ...interval.isClosed('FRM-1/interval', ratio),
    interval.refuses('FRM-1/interval-negative', 'A ratio is not negative', { ...ratio, low: -0.1 }),
    interval.refuses('FRM-1/interval-certain', 'Confidence is below 1', {
      ...ratio,
      confidence: 1,
    }),
    interval.refuses('FRM-1/interval-no-confidence', 'Confidence is above 0', {
      ...ratio,
      confidence: 0,
    }),
  ],
};
