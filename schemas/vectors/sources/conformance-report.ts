import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const verdict = definition('conformance-report#CheckVerdict');
const check = definition('conformance-report#Check');
const scenario = definition('conformance-report#ScenarioResult');
const requirement = definition('conformance-report#RequirementResult');
const counts = definition('conformance-report#VerdictCounts');
const selection = definition('conformance-report#Selection');
const baseline = definition('conformance-report#BaselineResult');
const report = definition('conformance-report#ConformanceReport');

const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const judged = { requirement: 'AFF-1', verdict: 'pass' };
const ran = {
  id: 'affinity/rfc',
  title: 'Five users on three workers',
  profile: 'core',
  transport: 'tcp',
  requirements: ['AFF-1'],
  verdict: 'pass',
  durationMs: 312,
  attempts: 1,
  checks: [judged],
};
const kept = { id: 'AFF-1', level: 'MUST', verdict: 'pass', scenarios: ['affinity/rfc'] };
const counted = { pass: 120, fail: 0, inconclusive: 0, 'not-applicable': 4, 'harness-error': 0 };
const chosen = {
  profiles: ['core'],
  transports: ['tcp'],
  only: [],
  skip: [],
  repeat: 1,
  complete: false,
};
const fits = { sha256: digest, known: 2, nowPassing: [], otherReason: [], unmatched: [] };
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
  catalogue: { version: '1', sha256: digest },
  kind: 'bus',
  subject: { name: 'reference', command: ['stdio_bus'] },
  capabilities: ['hello'],
  timeScale: 1,
  selection: chosen,
  verdict: 'conformant',
  counts: counted,
  requirements: [kept],
  scenarios: [ran],
};

export const conformanceReport: Topic = {
  title: 'Conformance reports',
  vectors: [
    ...verdict.acceptsEach('FRM-1/verdict', [
      'pass',
      'fail',
      'inconclusive',
      'not-applicable',
      'harness-error',
    ]),
    verdict.refuses('FRM-1/verdict-skip', 'Nothing is skipped silently', 'skip'),
    verdict.refuses('FRM-1/verdict-true', 'A verdict is a word', true),

    check.accepts('AFF-1/check', 'A check has a verdict on a requirement', judged),
    check.accepts('COR-1/check-failed', 'A failed check says what was seen', {
      requirement: 'COR-1',
      verdict: 'fail',
      expected: 'one response to id 7',
      seen: 'two',
      records: [0, 15],
    }),
    ...check.needs('AFF-1/check', judged, ['requirement', 'verdict']),
    ...check.isClosed('AFF-1/check', judged),
    check.refuses('AFF-1/check-id', 'A requirement has an id', {
      ...judged,
      requirement: 'affinity',
    }),
    check.refuses('AFF-1/check-empty-seen', 'What was seen is said', { ...judged, seen: '' }),
    check.refuses('AFF-1/check-record', 'Records count from 0', { ...judged, records: [-1] }),

    scenario.accepts('AFF-1/scenario-result', 'A scenario has a verdict', ran),
    scenario.accepts('AFF-1/scenario-result-full', 'A scenario may say more', {
      ...ran,
      transport: 'pipe',
      verdict: 'harness-error',
      unstable: true,
      subjectExit: 'signal SIGSEGV',
      error: 'no free port',
      history: 'history/affinity-rfc.ndjson',
    }),
    ...scenario.needs('AFF-1/scenario-result', ran, Object.keys(ran)),
    ...scenario.isClosed('AFF-1/scenario-result', ran),
    scenario.refuses('AFF-1/scenario-result-no-requirement', 'A scenario checks something', {
      ...ran,
      requirements: [],
    }),
    scenario.refuses('AFF-1/scenario-result-attempts', 'A scenario ran', { ...ran, attempts: 0 }),
    scenario.refuses('AFF-1/scenario-result-duration', 'Time is not negative', {
      ...ran,
      durationMs: -1,
    }),
    scenario.refuses('AFF-1/scenario-result-transport', 'A transport is known', {
      ...ran,
      transport: 'http',
    }),

    requirement.accepts('AFF-1/requirement-result', 'A requirement has a verdict', kept),
    requirement.accepts('AFF-1/requirement-result-none', 'No scenario may have judged it', {
      ...kept,
      verdict: 'not-applicable',
      scenarios: [],
    }),
    ...requirement.needs('AFF-1/requirement-result', kept, Object.keys(kept)),
    ...requirement.isClosed('AFF-1/requirement-result', kept),
    requirement.refuses('AFF-1/requirement-result-level', 'A level is one of three', {
      ...kept,
      level: 'M',
    }),

    counts.accepts('FRM-1/counts', 'Every verdict is counted', counted),
    ...counts.needs('FRM-1/counts', counted, Object.keys(counted)),
    ...counts.isClosed('FRM-1/counts', counted),
    counts.refuses('FRM-1/counts-negative', 'A count is not negative', { ...counted, fail: -1 }),
    counts.refuses('FRM-1/counts-fraction', 'A count is whole', { ...counted, pass: 0.5 }),

    selection.accepts('FRM-1/selection', 'A part of the suite ran', chosen),
    selection.accepts('FRM-1/selection-full', 'A part may be chosen by patterns', {
      profiles: ['worker', 'process'],
      transports: ['pipe'],
      only: ['affinity/*'],
      skip: ['flow/*'],
      repeat: 10,
      complete: true,
    }),
    ...selection.needs('FRM-1/selection', chosen, Object.keys(chosen)),
    ...selection.isClosed('FRM-1/selection', chosen),
    selection.refuses('FRM-1/selection-repeat', 'A scenario runs once at least', {
      ...chosen,
      repeat: 0,
    }),
    selection.refuses('FRM-1/selection-profile', 'A profile is known', {
      ...chosen,
      profiles: ['everything'],
    }),
    selection.refuses('FRM-1/selection-empty-pattern', 'A pattern is not empty', {
      ...chosen,
      only: [''],
    }),

    baseline.accepts('FRM-1/baseline-result', 'A baseline fits', fits),
    baseline.accepts('FRM-1/baseline-result-not', 'A baseline may not fit', {
      ...fits,
      known: 0,
      nowPassing: ['RST-3'],
      otherReason: ['FRM-6'],
      unmatched: ['drain/none'],
    }),
    ...baseline.needs('FRM-1/baseline-result', fits, Object.keys(fits)),
    ...baseline.isClosed('FRM-1/baseline-result', fits),
    baseline.refuses('FRM-1/baseline-result-known', 'A count is not negative', {
      ...fits,
      known: -1,
    }),
    baseline.refuses('FRM-1/baseline-result-digest', 'A digest is one', {
      ...fits,
      sha256: 'none',
    }),

    report.accepts('FRM-1/report', 'A report', whole),
    ...['grpc', 'ws', 'http'].map((via) =>
      report.accepts(`FRM-1/report-via-${via}`, `A subject may be reached through ${via}`, {
        ...whole,
        via,
      }),
    ),
    report.refuses('FRM-1/report-via', 'The list of adapters is closed', { ...whole, via: 'tcp' }),
    report.refuses('FRM-1/report-via-null', 'No adapter is no member', { ...whole, via: null }),
    report.accepts('FRM-1/report-start-failure', 'A subject may not have started', {
      ...whole,
      verdict: 'inconclusive',
      startFailure: { command: ['./bus'], exitCode: 127, signal: null, stderr: [] },
    }),
    report.refuses('FRM-1/report-start-failure-text', 'A failed start is described', {
      ...whole,
      startFailure: 'not found',
    }),
    report.accepts('FRM-1/report-full', 'A report may say more', {
      ...whole,
      $schema: 'conformance-report.schema.json',
      kind: 'worker',
      facts: { multiplexes: true, startMs: 41.5, shell: 'none' },
      verdict: 'inconclusive',
      baseline: fits,
    }),
    ...report.needs('FRM-1/report', whole, Object.keys(whole)),
    ...report.isClosed('FRM-1/report', whole),
    ...['conformant', 'not-conformant', 'inconclusive', 'harness-error'].map((end) =>
      report.accepts(`FRM-1/report-verdict-${end}`, `A report may end with ${end}`, {
        ...whole,
        scenarios: [],
        verdict: end,
      }),
    ),
    report.refuses('FRM-1/report-verdict', 'A report has a verdict of its own', {
      ...whole,
      verdict: 'pass',
    }),
    report.refuses('FRM-1/report-version', 'The version is 1', { ...whole, version: 2 }),
    report.refuses('FRM-1/report-kind', 'A subject is a bus or a worker', {
      ...whole,
      kind: 'client',
    }),
    report.refuses('FRM-1/report-catalogue', 'A catalogue has a digest', {
      ...whole,
      catalogue: { version: '1' },
    }),
    report.refuses('FRM-1/report-fact', 'A fact is a word, a number or a truth', {
      ...whole,
      facts: { list: [] },
    }),
    report.refuses('FRM-1/report-time-scale', 'A factor is in bounds', { ...whole, timeScale: 0 }),
  ],
};
