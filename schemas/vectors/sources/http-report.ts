import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const load = definition('http-report#HttpLoad');
const sample = definition('http-report#HttpSample');
const result = definition('http-report#HttpResult');
const settings = definition('http-report#HttpSettings');
const report = definition('http-report#HttpReport');

const asked = { connections: 10, pipelining: 1 };
const measured = {
  requestsPerSecond: 9500.5,
  p50Ms: 1,
  p97_5Ms: 2,
  p99Ms: 3,
  errors: 0,
  generatorShare: 0.7,
};
const compared = { load: asked, bare: [measured], adapter: [measured] };
const made = { rounds: 3, seconds: 5 };
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
  startedAt: '2026-01-05T09:30:00.000Z',
  durationMs: 60000,
  settings: made,
  results: [compared],
};

export const httpReport: Topic = {
  title: 'HTTP reports',
  vectors: [
    load.accepts('FLW-4/http-load', 'A load has connections and pipelining', asked),
    ...load.needs('FLW-4/http-load', asked, Object.keys(asked)),
    ...load.isClosed('FLW-4/http-load', asked),
    ...Object.keys(asked).map((count) =>
      load.refuses(`FLW-4/http-load-no-${nameOf(count)}`, `${count} counts from 1`, {
        ...asked,
        [count]: 0,
      }),
    ),

    sample.accepts('FLW-4/http-sample', 'A server is measured', measured),
    sample.accepts('FLW-4/http-sample-zero', 'A server may answer nothing', {
      ...measured,
      requestsPerSecond: 0,
      errors: 10,
    }),
    ...sample.needs('FLW-4/http-sample', measured, Object.keys(measured)),
    ...sample.isClosed('FLW-4/http-sample', measured),
    ...Object.keys(measured).map((figure) =>
      sample.refuses(`FLW-4/http-sample-negative-${nameOf(figure)}`, `${figure} is not negative`, {
        ...measured,
        [figure]: -1,
      }),
    ),

    result.accepts('FLW-4/http-result', 'A load is put on two servers', compared),
    result.accepts('FLW-4/http-result-ratio', 'They may be compared', { ...compared, ratio: 0.57 }),
    result.refuses('FLW-4/http-result-null', 'No ratio is no member, not null', {
      ...compared,
      ratio: null,
    }),
    ...result.needs('FLW-4/http-result', compared, Object.keys(compared)),
    ...result.isClosed('FLW-4/http-result', compared),

    settings.accepts('FLW-4/http-settings', 'A run has rounds and a time', made),
    settings.accepts('FLW-4/http-settings-running', 'A server may have been running', {
      ...made,
      url: 'http://127.0.0.1:9400/v1/rpc',
      bus: 'tcp://127.0.0.1:9000',
    }),
    ...settings.needs('FLW-4/http-settings', made, Object.keys(made)),
    ...settings.isClosed('FLW-4/http-settings', made),
    settings.refuses('FLW-4/http-settings-token', 'A token is in no report', {
      ...made,
      token: 'secret',
    }),

    report.accepts('FLW-4/http-report', 'A report', whole),
    ...report.needs('FLW-4/http-report', whole, Object.keys(whole)),
    ...report.isClosed('FLW-4/http-report', whole),
    report.refuses('FLW-4/http-report-version', 'A version is known', { ...whole, version: 2 }),
  ],
};
