import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const connectionId = definition('history#ConnectionId');
const processTag = definition('history#ProcessTag');
const any = definition('history#HistoryRecord');

const at = { seq: 0, atUs: 0 };
const scenario = {
  ...at,
  kind: 'scenario',
  scenario: 'affinity/rfc',
  transport: 'tcp',
  sessionIdField: 'sessionId',
  limits: {},
  pools: [{ id: 'pool-a', instances: 3 }],
  capabilities: [],
  timeScale: 1,
  seed: '20260105',
  deadlinesUs: { response: 1e6 },
};
const clientBytes = {
  ...at,
  kind: 'client-bytes',
  connection: 'c1',
  direction: 'sent',
  text: '{}\n',
};
const workerBytes = {
  ...at,
  kind: 'worker-bytes',
  process: 'pool-a/0/1',
  direction: 'received',
  base64: '/wo=',
};
const connection = { ...at, kind: 'connection', connection: 'c1', event: 'open' };
const process = { ...at, kind: 'process', process: 'bus', event: 'start', pid: 4711 };
const output = { ...at, kind: 'output', process: 'bus', stream: 'stderr', line: 'listening' };
const resource = { ...at, kind: 'resource', process: 'bus' };
const deadline = { ...at, kind: 'deadline', waitedFor: 'response', limitUs: 1e6, met: true };
const leftover = { ...at, kind: 'leftover', what: 'process', name: 'worker' };
const fault = { ...at, kind: 'fault', fault: 'kill', target: 'pool-a/0/1' };
const observation = { ...at, kind: 'observation', name: 'socket-mode', value: '0600' };
const note = { ...at, kind: 'note', text: 'released the held response' };

/** Each record: requirement and name of the vectors, definition, a record, members it can do without. */
const records: readonly (readonly [string, string, { kind: string }, readonly string[]])[] = [
  ['AFF-1/scenario', 'ScenarioRecord', scenario, []],
  ['FRM-7/client-bytes', 'ClientBytesRecord', clientBytes, []],
  ['FRM-7/worker-bytes', 'WorkerBytesRecord', workerBytes, []],
  ['COR-7/connection', 'ConnectionRecord', connection, []],
  ['RST-1/process', 'ProcessRecord', process, ['pid']],
  ['SEC-3/output', 'OutputRecord', output, []],
  ['FLW-2/resource', 'ResourceRecord', resource, []],
  ['RST-1/deadline', 'DeadlineRecord', deadline, []],
  ['DRN-5/leftover', 'LeftoverRecord', leftover, []],
  ['RST-7/fault', 'FaultRecord', fault, []],
  ['SEC-1/observation', 'ObservationRecord', observation, []],
  ['RST-1/note', 'NoteRecord', note, []],
];

/** What holds for every kind of record. */
function recordVectors([id, name, value, optional]: (typeof records)[number]) {
  const record = definition(`history#${name}`);
  const members = Object.keys(value).filter((member) => !optional.includes(member));
  return [
    record.accepts(`${id}-record`, `A record of the kind ${value.kind}`, value),
    any.accepts(`${id}-record-of-any-kind`, `${value.kind} is a kind of record`, value),
    ...record.needs(`${id}-record`, value, members),
    ...record.isClosed(`${id}-record`, value),
    record.refuses(`${id}-record-other-kind`, 'The kind says what it is', {
      ...value,
      kind: 'other',
    }),
    record.refuses(`${id}-record-seq-negative`, 'Records count from 0', { ...value, seq: -1 }),
    record.refuses(`${id}-record-time-negative`, 'Time runs from 0', { ...value, atUs: -0.5 }),
  ];
}

/** Members with a closed list: requirement and name, record, the member, what it may be. */
const lists: readonly (readonly [string, string, object, string, readonly string[]])[] = [
  [
    'AFF-1/scenario-transport',
    'ScenarioRecord',
    scenario,
    'transport',
    ['tcp', 'unix', 'stdio', 'pipe'],
  ],
  ['FRM-7/client-direction', 'ClientBytesRecord', clientBytes, 'direction', ['sent', 'received']],
  ['FRM-7/worker-direction', 'WorkerBytesRecord', workerBytes, 'direction', ['sent', 'received']],
  [
    'COR-7/connection-event',
    'ConnectionRecord',
    connection,
    'event',
    ['open', 'refused', 'end', 'peer-end', 'reset', 'close'],
  ],
  ['RST-1/process-event', 'ProcessRecord', process, 'event', ['start', 'exit', 'signal']],
  ['SEC-3/output-stream', 'OutputRecord', output, 'stream', ['stdout', 'stderr']],
  [
    'DRN-5/leftover-what',
    'LeftoverRecord',
    leftover,
    'what',
    ['process', 'descendant', 'zombie', 'socket'],
  ],
  [
    'RST-7/fault-kind',
    'FaultRecord',
    fault,
    'fault',
    ['kill', 'stop', 'continue', 'stall', 'cut', 'bad-bytes', 'close-stdout', 'exit', 'flood'],
  ],
];

function listVectors([id, name, value, member, allowed]: (typeof lists)[number]) {
  const record = definition(`history#${name}`);
  return [
    ...allowed.map((one) =>
      record.accepts(`${id}-${one}-is-known`, `The ${member} may be ${one}`, {
        ...value,
        [member]: one,
        seq: 1,
      }),
    ),
    record.refuses(`${id}-unknown`, `The ${member} is on the list`, { ...value, [member]: 'none' }),
  ];
}

const ended = definition('history#ProcessRecord');
const broken = definition('history#FaultRecord');
const left = definition('history#LeftoverRecord');
const observed = definition('history#ObservationRecord');
const used = definition('history#ResourceRecord');

export const history: Topic = {
  title: 'Records of a history',
  vectors: [
    connectionId.accepts('COR-2/connection-id', 'A connection has a number', 'c1'),
    connectionId.accepts('COR-2/connection-id-zero', 'Connections may count from 0', 'c0'),
    connectionId.refuses('COR-2/connection-id-letter', 'The number is there', 'c'),
    connectionId.refuses('COR-2/connection-id-capital', 'The letter is a small one', 'C1'),
    connectionId.refuses('COR-2/connection-id-number', 'The letter is there', 1),
    processTag.accepts('RST-2/process-tag-bus', 'The subject may be a bus', 'bus'),
    processTag.accepts('RST-2/process-tag-worker', 'The subject may be a worker', 'worker'),
    processTag.accepts(
      'RST-2/process-tag-probe',
      'A probe worker has pool, slot, incarnation',
      'p q/0/12',
    ),
    processTag.refuses('RST-2/process-tag-pool', 'A pool alone is no process', 'pool-a'),
    processTag.refuses('RST-2/process-tag-two', 'An incarnation is there', 'pool-a/0'),
    processTag.refuses('RST-2/process-tag-empty-pool', 'A pool has a name', '/0/1'),
    processTag.refuses('RST-2/process-tag-negative', 'Slots count from 0', 'pool-a/-1/1'),

    ...records.flatMap(recordVectors),
    any.refuses('FRM-1/record-unknown-kind', 'The kinds of records are known', {
      ...at,
      kind: 'event',
    }),
    any.refuses('FRM-1/record-mixed', 'A record is of one kind', { ...note, event: 'open' }),
    any.refuses('FRM-1/record-text', 'A record is an object', 'note'),
    ...lists.flatMap(listVectors),

    definition('history#ClientBytesRecord').accepts(
      'FRM-7/client-bytes-base64',
      'Bytes may be base64',
      {
        ...at,
        kind: 'client-bytes',
        connection: 'c1',
        direction: 'sent',
        base64: '/wo=',
      },
    ),
    definition('history#ClientBytesRecord').refuses(
      'FRM-7/client-bytes-twice',
      'Bytes are text or base64, not both',
      { ...clientBytes, base64: '' },
    ),
    definition('history#ScenarioRecord').refuses('CFG-1/scenario-limits', 'Limits are in bounds', {
      ...scenario,
      limits: { max_restarts: -1 },
    }),
    ended.accepts('RST-1/process-exit-code', 'A process may exit', {
      ...process,
      exitCode: 0,
      signal: null,
    }),
    ended.accepts('RST-1/process-exit-signal', 'A signal may end it', {
      ...process,
      exitCode: null,
      signal: 'SIGKILL',
    }),
    ended.refuses('RST-1/process-signal-name', 'A signal has its system name', {
      ...process,
      signal: 'kill',
    }),
    ended.refuses('RST-1/process-pid-zero', 'A pid is at least 1', { ...process, pid: 0 }),
    used.accepts('FLW-2/resource-full', 'Use is measured', {
      ...resource,
      rssBytes: 52428800,
      openFiles: 24,
      cpuUs: 0,
    }),
    used.refuses('FLW-2/resource-fraction', 'Bytes are whole', { ...resource, rssBytes: 0.5 }),
    used.refuses('FLW-2/resource-negative', 'Files are counted', { ...resource, openFiles: -1 }),
    left.accepts('DRN-5/leftover-pid', 'What is left may have a pid', { ...leftover, pid: 1 }),
    left.refuses('DRN-5/leftover-pid-zero', 'A pid is at least 1', { ...leftover, pid: 0 }),
    left.refuses('DRN-5/leftover-empty', 'What is left has a name', { ...leftover, name: '' }),
    broken.accepts('RST-7/fault-full', 'A fault may last, and a kill has its signal', {
      ...fault,
      durationUs: 1500.5,
      signal: 'SIGKILL',
    }),
    broken.accepts('RST-7/fault-no-time', 'A fault may last no time', { ...fault, durationUs: 0 }),
    ...[-1, null, '5ms'].map((durationUs) =>
      broken.refuses(
        `RST-7/fault-duration-${nameOf(`${durationUs}`)}`,
        'A duration is a number that is not negative',
        { ...fault, durationUs },
      ),
    ),
    ...['kill', 'SIG', 'sigkill', 'SIGKILL\n', null, 9].map((signal, index) =>
      broken.refuses(`RST-7/fault-bad-signal-${index + 1}`, 'A signal has its system name', {
        ...fault,
        signal,
      }),
    ),
    ...Object.entries({ text: 'rw', nothing: '', zero: 0, minus: -0.5, yes: true, no: false }).map(
      ([name, value]) =>
        observed.accepts(`SEC-1/observation-${name}`, 'A text, a number or a truth is observed', {
          ...observation,
          value,
        }),
    ),
    observed.accepts('SEC-1/observation-null', 'That there was nothing may be observed', {
      ...observation,
      value: null,
    }),
    observed.refuses('SEC-1/observation-list', 'A list is no observation', {
      ...observation,
      value: ['0600'],
    }),
    observed.refuses('SEC-1/observation-object', 'An object is no observation', {
      ...observation,
      value: { mode: '0600' },
    }),
    observed.refuses('SEC-1/observation-empty-name', 'What was looked up has a name', {
      ...observation,
      name: '',
    }),
    observed.accepts('SEC-1/observation-of-process', 'An observation may be of a process', {
      ...observation,
      process: 'pool-a/0/1',
    }),
    observed.refuses('SEC-1/observation-of-pool', 'A pool alone is no process', {
      ...observation,
      process: 'pool-a',
    }),
    definition('history#NoteRecord').refuses('RST-1/note-empty', 'A remark says something', {
      ...note,
      text: '',
    }),
    definition('history#DeadlineRecord').refuses(
      'RST-1/deadline-limit',
      'A limit is not negative',
      {
        ...deadline,
        limitUs: -1,
      },
    ),
  ],
};
