import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const check = definition('conformance-report#Check');
const scenario = definition('conformance-report#ScenarioResult');
const requirement = definition('conformance-report#RequirementResult');
const verdict = definition('conformance-report#RequirementVerdict');
const start = definition('conformance-report#StartFailure');

const verdicts = ['pass', 'fail', 'inconclusive', 'not-applicable', 'harness-error'];
const failed = { requirement: 'COR-1', verdict: 'fail', reason: 'two responses to one request' };
const ran = {
  id: 'correlation/ids',
  title: 'Every request gets one response',
  profile: 'core',
  transport: 'tcp',
  requirements: ['COR-1'],
  verdict: 'fail',
  durationMs: 312,
  attempts: 3,
  checks: [failed],
};
const judged = { id: 'COR-1', level: 'MUST', verdict: 'not-run', scenarios: [] };
const notStarted = {
  command: ['./their_bus', '--config', '/tmp/c.json'],
  exitCode: 127,
  signal: null,
  stderr: ['their_bus: not found'],
};

export const failures: Topic = {
  title: 'Failures in a conformance report: reasons, timelines, subjects that do not start',
  vectors: [
    check.accepts('COR-1/check-reason', 'A failure has a reason', failed),
    ...verdicts.map((one) =>
      check.accepts(`COR-1/check-reason-${one}`, `A check that ends ${one} may have a reason`, {
        ...failed,
        verdict: one,
      }),
    ),
    check.accepts('COR-1/check-timeline', 'A failure has a timeline', {
      ...failed,
      expected: 'one response to id 7',
      seen: 'two',
      records: [12, 15],
      timeline: ['12  0.4 ms  c1 <  {"id":7,"result":1}', '15  0.9 ms  c1 <  {"id":7,"result":1}'],
    }),
    check.accepts('COR-1/check-timeline-none', 'A timeline may be empty', {
      ...failed,
      timeline: [],
    }),
    check.refuses('COR-1/check-reason-empty', 'A reason says something', { ...failed, reason: '' }),
    check.refuses('COR-1/check-reason-null', 'A reason is not null', { ...failed, reason: null }),
    check.refuses('COR-1/check-reason-list', 'There is one reason', { ...failed, reason: ['two'] }),
    check.refuses('COR-1/check-timeline-text', 'A timeline is a list', {
      ...failed,
      timeline: '12  0.4 ms',
    }),
    check.refuses('COR-1/check-timeline-empty-line', 'A line of a timeline says something', {
      ...failed,
      timeline: ['12  0.4 ms', ''],
    }),
    check.refuses('COR-1/check-timeline-numbers', 'A timeline is made of lines', {
      ...failed,
      timeline: [12, 15],
    }),
    check.refuses('COR-1/check-not-run', 'A check was made', { ...failed, verdict: 'not-run' }),

    scenario.accepts('COR-1/attempts', 'Each attempt has its verdict', {
      ...ran,
      attemptVerdicts: ['pass', 'fail', 'pass'],
      unstable: true,
    }),
    scenario.accepts('COR-1/attempts-every-verdict', 'An attempt may end in any way', {
      ...ran,
      attempts: verdicts.length,
      attemptVerdicts: verdicts,
    }),
    scenario.accepts('COR-1/attempts-none', 'The list of verdicts may be empty', {
      ...ran,
      attemptVerdicts: [],
    }),
    scenario.refuses('COR-1/attempts-not-run', 'An attempt was made', {
      ...ran,
      attemptVerdicts: ['pass', 'not-run'],
    }),
    scenario.refuses('COR-1/attempts-true', 'An attempt ends with a word', {
      ...ran,
      attemptVerdicts: [true],
    }),
    scenario.refuses('COR-1/attempts-one', 'Verdicts are a list', {
      ...ran,
      attemptVerdicts: 'pass',
    }),
    scenario.accepts('COR-1/reproduce', 'A command runs the scenario again', {
      ...ran,
      reproduce: 'stdio-bus-kit conform bus.json --only correlation/ids --seed 20260105',
    }),
    scenario.refuses('COR-1/reproduce-empty', 'A command is not empty', { ...ran, reproduce: '' }),
    scenario.refuses('COR-1/reproduce-list', 'A command is one line for people', {
      ...ran,
      reproduce: ['stdio-bus-kit', 'conform'],
    }),
    scenario.refuses('COR-1/scenario-not-run', 'A scenario that is reported ran', {
      ...ran,
      verdict: 'not-run',
    }),

    ...verdict.acceptsEach('COR-1/requirement-verdict', [...verdicts, 'not-run']),
    verdict.refuses('COR-1/requirement-verdict-spelling', 'not-run is spelled so', 'not_run'),
    verdict.refuses('COR-1/requirement-verdict-skipped', 'Nothing is skipped silently', 'skipped'),
    verdict.refuses('COR-1/requirement-verdict-null', 'A verdict is not null', null),
    requirement.accepts('COR-1/requirement-not-run', 'A requirement may not have been run', judged),
    requirement.accepts('COR-1/requirement-reason', 'Then there may be a reason', {
      ...judged,
      reason: 'left out by --only',
    }),
    requirement.accepts('COR-1/requirement-fail', 'The worst verdict counts', {
      ...judged,
      verdict: 'fail',
      scenarios: ['correlation/ids'],
    }),
    requirement.refuses('COR-1/requirement-reason-empty', 'A reason says something', {
      ...judged,
      reason: '',
    }),
    requirement.refuses('COR-1/requirement-unknown-verdict', 'The list of verdicts is closed', {
      ...judged,
      verdict: 'unstable',
    }),

    start.accepts('CFG-5/start-failure', 'A subject may not start', notStarted),
    start.accepts('CFG-5/start-failure-signal', 'A signal may have ended it', {
      ...notStarted,
      exitCode: null,
      signal: 'SIGSEGV',
    }),
    start.accepts('CFG-5/start-failure-not-run', 'It may never have run', {
      ...notStarted,
      exitCode: null,
      error: 'spawn ./their_bus ENOENT',
      stderr: [],
    }),
    start.accepts('CFG-5/start-failure-zero', 'It may have ended well, unasked', {
      ...notStarted,
      exitCode: 0,
      stderr: [''],
    }),
    ...start.needs('CFG-5/start-failure', notStarted, Object.keys(notStarted)),
    ...start.isClosed('CFG-5/start-failure', notStarted),
    ...Object.entries<readonly [string, unknown]>({
      command: ['A command has a program', []],
      exitCode: ['An exit status is a number', '127'],
      signal: ['A signal has its system name', 'segmentation fault'],
      error: ['An error says something', ''],
      stderr: ['stderr is a list of lines', 'their_bus: not found'],
    }).map(([member, [description, value]]) =>
      start.refuses(`CFG-5/start-failure-bad-${nameOf(member)}`, description, {
        ...notStarted,
        [member]: value,
      }),
    ),
    start.refuses('CFG-5/start-failure-exit-fraction', 'An exit status is whole', {
      ...notStarted,
      exitCode: 0.5,
    }),
    start.refuses('CFG-5/start-failure-error-null', 'No error is no member', {
      ...notStarted,
      error: null,
    }),
  ],
};
