import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { LatencyReport, Metric } from '../../schemas/generated/latency-report.ts';
import { validateLatencyReport } from '../../schemas/generated/latency-report.validate.ts';
import { folderOf, run, tiny } from '../../testing/latency-run.ts';

t.setTimeout(240_000);

function summaryOf(report: LatencyReport, arm: string, metric: Metric) {
  const result = report.arms.find((one) => one.arm.name === arm);
  return result?.summaries.find((one) => one.metric === metric);
}

interface Span {
  readonly traceId: string;
  readonly name: string;
}

function spansIn(file: string): Span[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.flatMap((line) =>
    JSON.parse(line).resourceSpans.flatMap((one: { scopeSpans: { spans: Span[] }[] }) =>
      one.scopeSpans.flatMap(({ spans }) => spans),
    ),
  );
}

t.test('a run tells where the time goes, in every form', async (t) => {
  const folder = folderOf(t);
  const file = (name: string) => join(folder, name);
  const { code, stdout, stderr } = await run(
    t,
    'latency',
    ...tiny,
    ...['--transport', 'tcp,grpc-tls', '--rtt', '0,10', '--phases', '--seed', 'test'],
    ...[
      '--report',
      `json=${file('r.json')},markdown=${file('r.md')},html=${file('r.html')},svg=${file('svg')}`,
    ],
    ...['--otlp', file('spans.jsonl')],
  );
  t.equal(code, 0, stderr);
  t.equal(stderr, '');
  t.match(stdout, /one-shot process completion p50 .* ms/);
  t.match(stdout, /cold connection over TLS to ready, p50 +grpc-tls 10 ms warm/);
  t.match(stdout, /delay link of 10 ms: a round trip through it takes/);

  const report = JSON.parse(readFileSync(file('r.json'), 'utf8')) as LatencyReport;
  t.ok(validateLatencyReport(report));
  t.equal(report.arms.length, 8);
  t.equal(report.seed, 'test');
  for (const { arm, samples, failures } of report.arms) {
    t.equal(failures, 0, arm.name);
    t.equal(samples.filter(({ traced }) => !traced).length, 9, 'no sample is missing');
    const shots = samples.filter(({ metric }) => metric === 'one-shot');
    for (const { reads, totalUs } of shots) {
      t.ok(arm.mode === 'events' ? reads === 0 : (reads ?? 0) >= 1, `${arm.name}: ${reads} reads`);
      const roundTrips = arm.mode === 'events' ? 1 : 2;
      t.ok(totalUs >= roundTrips * arm.rttMs * 1000, `${arm.name}: ${totalUs} µs`);
    }
  }
  const far = summaryOf(report, 'grpc-tls/events/10ms/warm', 'cold-connection');
  for (const phase of ['registration', 'connect', 'tls', 'settings', 'initialise'] as const) {
    t.ok(far?.phases[phase], phase);
  }
  t.ok((far?.phases.connect?.min ?? 0) >= 10_000, 'a connect takes the round trip');
  t.ok((far?.phases.tls?.min ?? 0) >= 10_000, 'and so does TLS');
  const call = summaryOf(report, 'grpc-tls/events/10ms/warm', 'small-request');
  for (const phase of ['register', 'serialise', 'enqueue', 'wait', 'deserialise'] as const) {
    t.ok(call?.phases[phase], phase);
  }
  for (const phase of ['accept', 'route', 'queue', 'worker', 'respond'] as const) {
    t.ok(call?.phases[phase], `${phase} of the bus`);
  }
  t.ok((call?.coverage ?? 0) > 0.99);

  t.match(readFileSync(file('r.html'), 'utf8'), /^<!doctype html>.*tcp 10 ms warm/s);
  t.match(readFileSync(file('r.md'), 'utf8'), /\| tcp 10 ms warm \| cold connection/);
  t.same(readdirSync(file('svg')).sort(), [
    'call-phases.svg',
    'completion-phases.svg',
    'completion.svg',
    'connection-phases.svg',
  ]);
  t.match(readFileSync(file('svg/completion.svg'), 'utf8'), /^<svg .*<\/svg>\n$/s);
  const spans = spansIn(file('spans.jsonl'));
  const client = spans.filter(({ name }) => name === 'small-request');
  const inOneTrace = client.filter(({ traceId }) =>
    ['wait', 'accept', 'worker'].every((name) =>
      spans.some((span) => span.traceId === traceId && span.name === name),
    ),
  );
  t.equal(inOneTrace.length, 8 * 3, 'each traced request is one trace of client and bus');
});

t.test('a cold pool, stdio and Unix are measured too', async (t) => {
  const folder = folderOf(t);
  const json = join(folder, 'r.json');
  const { code, stderr } = await run(
    t,
    'latency',
    ...['--samples', '1', '--warmups', '0', '--runs', '1', '--rtt', '0'],
    ...['--transport', 'unix,stdio', '--pool', 'warm,cold', '--mode', 'events'],
    ...['--report', `json=${json}`],
    ...['--', 'sh', '-c', 'echo out; echo err >&2; exit 3'],
  );
  t.equal(code, 0, stderr);
  const report = JSON.parse(readFileSync(json, 'utf8')) as LatencyReport;
  t.equal(report.arms.length, 4);
  const [warm, cold] = ['warm', 'cold'].map((pool) =>
    summaryOf(report, `unix/events/0ms/${pool}`, 'small-request'),
  );
  t.ok((cold?.total.p50 ?? 0) > (warm?.total.p50 ?? 0), 'the worker has to start');
});
