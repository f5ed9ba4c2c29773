import fc from 'fast-check';
import type { ConformanceReport, ScenarioResult } from '../schemas/generated/conformance-report.ts';
import { sampleReport, sampleResult } from './sample-conformance.ts';

/** A scenario that broke two requirements, with all that a report says of them. */
export const broken = sampleResult({
  verdict: 'fail',
  checks: [
    {
      requirement: 'AFF-1',
      verdict: 'fail',
      reason: 'a session had two workers',
      expected: 'one worker',
      seen: 'workers <0> & "1"',
      records: [3],
      timeline: ['+12 ms client 1 → {"id":1}', '+13 ms worker 0 ← {"id":1}'],
    },
    { requirement: 'COR-1', verdict: 'fail', reason: 'no response' },
    { requirement: 'AFF-5', verdict: 'pass' },
  ],
  reproduce: "stdio-bus-kit conform bus --only affinity/rfc --seed 7 -- './their bus'",
});
const mixed: readonly ScenarioResult[] = [
  sampleResult({ id: 'correlation/one', requirements: ['COR-1'] }),
  broken,
  sampleResult({ id: 'affinity/spread', requirements: ['AFF-5'], verdict: 'inconclusive' }),
  sampleResult({
    id: 'drain/signal',
    profile: 'lifecycle',
    requirements: ['DRN-1'],
    verdict: 'harness-error',
    error: 'no port is free',
  }),
  sampleResult({ id: 'hello/one', requirements: ['EXT-1'], verdict: 'not-applicable' }),
];
/** A report with a scenario of each verdict, and a baseline that does not fit. */
export const mixedReport = sampleReport(mixed, {
  baseline: { sha256: 'b'.repeat(64), failures: [{ id: 'AFF-1', reason: 'two responses' }] },
});
/** How a subject failed to start. */
export const startFailure = {
  command: ['./their_bus', '--tcp', '127.0.0.1:1'],
  exitCode: 127,
  signal: null,
  stderr: ['their_bus: \u001b[31mnot found\u001b[0m'],
};

/** Texts that a subject may put into a report. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom(...'&<>"\'#\\`|\n\r\t\0\u001b\u0085\u2028\ufeff\ufffe\ud800…- .:'),
    minLength: 1,
  }),
);

/** A report in which a text stands wherever one can. */
export function reportWith(text: string): ConformanceReport {
  const checks = [
    {
      requirement: 'AFF-1',
      verdict: 'fail' as const,
      reason: text,
      expected: text,
      seen: text,
      timeline: [text, text],
    },
  ];
  const subject = { name: text, command: [text] };
  return sampleReport(
    [
      sampleResult({ verdict: 'fail', checks, reproduce: text, id: text, title: text }),
      sampleResult({ verdict: 'not-applicable', title: text, error: text }),
    ],
    { subject },
  );
}
