import type { Topic } from './topic.ts';
import { definition, nameOf } from './value-vector.ts';

const asked = definition('bus-methods#ExtensionRequest');
const selected = definition('bus-methods#ExtensionSelection');
const helloParams = definition('bus-methods#HelloParams');
const helloResult = definition('bus-methods#HelloResult');
const helloRequest = definition('bus-methods#HelloRequest');
const helloResponse = definition('bus-methods#HelloResponse');
const state = definition('bus-methods#WorkerState');
const worker = definition('bus-methods#WorkerStats');
const stats = definition('bus-methods#StatsResult');
const statsRequest = definition('bus-methods#StatsRequest');
const statsResponse = definition('bus-methods#StatsResponse');
const lostParams = definition('bus-methods#SessionLostParams');
const lostNotification = definition('bus-methods#SessionLostNotification');

const hello = {
  jsonrpc: '2.0',
  id: 0,
  method: 'stdio_bus/hello',
  params: { protocolVersion: '1', extensions: { session_lost: { version: '1', required: true } } },
};
const welcome = {
  negotiatedProtocolVersion: '1',
  sessionId: 's-2f9c1b',
  extensions: { session_lost: { selected: '1', active: true } },
};
const slot = {
  pool: 'codex',
  slot: 0,
  incarnation: 1,
  pid: 4711,
  state: 'ready',
  sessions: 12,
  pending: 3,
};
const counters = {
  messagesIn: 120,
  messagesOut: 118,
  bytesIn: 24000,
  bytesOut: 91000,
  workerRestarts: 1,
  routingErrors: 0,
  clientConnects: 5,
  clientDisconnects: 2,
  sessions: 5,
  pending: 2,
};
const lost = { sessionId: 'user-17', pool: 'codex', reason: 'signal' };
const lostFrame = {
  jsonrpc: '2.0',
  method: 'stdio_bus/session_lost',
  params: lost,
  sessionId: 'user-17',
};

const helloAnswer = { jsonrpc: '2.0', id: 0, result: welcome };
const statsQuestion = { jsonrpc: '2.0', id: 7, method: 'stdio_bus/stats', params: {} };
const statsAnswer = { jsonrpc: '2.0', id: 7, result: { ...counters, workers: [] } };

export const busMethods: Topic = {
  title: 'Methods of the bus: hello, stats, session_lost',
  vectors: [
    asked.accepts('EXT-1/asked-nothing', 'Everything about an extension is optional', {}),
    asked.accepts('EXT-1/asked', 'An extension has a version', { version: '1', required: false }),
    asked.refuses('EXT-1/asked-version-number', 'A version is a string', { version: 1 }),
    asked.refuses('EXT-1/asked-required-text', 'required is true or false', { required: 'yes' }),
    asked.refuses('EXT-1/asked-text', 'An extension is an object', '1'),

    selected.accepts(
      'EXT-1/selected',
      'A selected version is active',
      welcome.extensions.session_lost,
    ),
    selected.accepts('EXT-1/selected-none', 'No version is selected', {
      selected: null,
      active: false,
    }),
    ...selected.needs('EXT-1/selected', welcome.extensions.session_lost, ['selected', 'active']),
    selected.refuses('EXT-1/selected-number', 'A version is a string', {
      selected: 1,
      active: true,
    }),
    selected.refuses('EXT-1/selected-active', 'active is not null', {
      selected: '1',
      active: null,
    }),

    helloParams.accepts('EXT-1/hello-params', 'A hello may ask for extensions', hello.params),
    helloParams.accepts('EXT-1/hello-params-version', 'A hello may just name its version', {
      protocolVersion: '1',
    }),
    helloParams.refuses('EXT-1/hello-params-none', 'A hello names its version', { extensions: {} }),
    helloParams.refuses('EXT-1/hello-params-empty', 'A version is not empty', {
      protocolVersion: '',
    }),
    helloParams.refuses('EXT-1/hello-params-number', 'A version is no number', {
      protocolVersion: 1,
    }),
    helloParams.refuses('EXT-1/hello-params-list', 'Extensions go by name', {
      protocolVersion: '1',
      extensions: ['session_lost'],
    }),
    helloParams.refuses('EXT-1/hello-params-null', 'An extension is not null', {
      protocolVersion: '1',
      extensions: { session_lost: null },
    }),
    helloParams.refuses('EXT-1/hello-params-proto', '__proto__ is a name like any other', {
      protocolVersion: '1',
      extensions: { ['__proto__']: 1 },
    }),

    helloResult.accepts('EXT-1/hello-result', 'A hello gives version and session', welcome),
    ...helloResult.needs('EXT-1/hello-result', welcome, [
      'negotiatedProtocolVersion',
      'sessionId',
      'extensions',
    ]),
    helloResult.refuses('EXT-1/hello-result-session', 'A session id is not empty', {
      ...welcome,
      sessionId: '',
    }),
    helloResult.refuses('EXT-1/hello-result-version', 'A version is not empty', {
      ...welcome,
      negotiatedProtocolVersion: '',
    }),
    helloResult.refuses('EXT-1/hello-result-extension', 'An extension says what was selected', {
      ...welcome,
      extensions: { session_lost: true },
    }),

    helloRequest.accepts('EXT-1/hello', 'A hello is a request', hello),
    ...helloRequest.needs('EXT-1/hello', hello, ['jsonrpc', 'id', 'method', 'params']),
    helloRequest.refuses('EXT-1/hello-method', 'The method is spelled so', {
      ...hello,
      method: 'stdio_bus/Hello',
    }),
    helloRequest.refuses('EXT-1/hello-by-position', 'Params of a hello go by name', {
      ...hello,
      params: ['1'],
    }),
    ...helloRequest.excludes('EXT-1/hello', hello, ['result', 'error']),
    helloResponse.accepts('EXT-1/hello-response', 'A hello is answered', helloAnswer),
    helloResponse.refuses('EXT-1/hello-response-empty', 'The answer is not empty', {
      jsonrpc: '2.0',
      id: 0,
      result: {},
    }),

    ...helloResponse.excludes('EXT-1/hello-response', helloAnswer, ['method', 'error']),

    ...state.acceptsEach('EXT-2/state', [
      'starting',
      'ready',
      'backoff',
      'draining',
      'failed',
      'exited',
    ]),
    state.refuses('EXT-2/state-unknown', 'The list of states is closed', 'running'),
    state.refuses('EXT-2/state-capital', 'States are in lower case', 'Ready'),

    worker.accepts('EXT-2/worker', 'A slot reports its state', slot),
    worker.accepts('EXT-2/worker-none', 'A slot without a process has no pid', {
      ...slot,
      incarnation: 0,
      pid: null,
      state: 'starting',
      sessions: 0,
      pending: 0,
    }),
    ...worker.needs('EXT-2/worker', slot, [
      'pool',
      'slot',
      'incarnation',
      'pid',
      'state',
      'sessions',
      'pending',
    ]),
    worker.accepts('EXT-2/worker-pid-one', 'A pid is at least 1', { ...slot, pid: 1 }),
    worker.refuses('EXT-2/worker-pid-zero', 'A pid is not 0', { ...slot, pid: 0 }),
    worker.refuses('EXT-2/worker-slot-negative', 'Slots count from 0', { ...slot, slot: -1 }),
    worker.refuses('EXT-2/worker-slot-fraction', 'A slot is an integer', { ...slot, slot: 0.5 }),
    worker.refuses('EXT-2/worker-incarnation', 'Incarnations count from 0', {
      ...slot,
      incarnation: -1,
    }),
    worker.refuses('EXT-2/worker-sessions', 'Sessions are counted', { ...slot, sessions: -1 }),
    worker.refuses('EXT-2/worker-pending', 'Pending requests are counted', {
      ...slot,
      pending: '3',
    }),
    worker.refuses('EXT-2/worker-pool', 'A pool has a name', { ...slot, pool: '' }),

    stats.accepts('EXT-2/stats', 'Statistics list every slot', { ...counters, workers: [slot] }),
    stats.accepts('EXT-2/stats-open', 'Statistics may say more', {
      ...counters,
      workers: [],
      uptimeMs: 5,
    }),
    ...stats.needs('EXT-2/stats', { ...counters, workers: [] }, [
      ...Object.keys(counters),
      'workers',
    ]),
    ...Object.keys(counters).map((counter) =>
      stats.refuses(`EXT-2/stats-negative-${nameOf(counter)}`, `${counter} is never negative`, {
        ...counters,
        workers: [],
        [counter]: -1,
      }),
    ),
    stats.refuses('EXT-2/stats-fraction', 'A counter is an integer', {
      ...counters,
      workers: [],
      messagesIn: 0.5,
    }),
    stats.refuses('EXT-2/stats-bad-worker', 'Each slot keeps to its form', {
      ...counters,
      workers: [slot, {}],
    }),
    statsRequest.accepts('EXT-2/stats-request', 'Statistics are asked for', statsQuestion),
    ...statsRequest.excludes('EXT-2/stats-request', statsQuestion, ['result', 'error']),
    statsRequest.refuses('EXT-2/stats-request-no-id', 'A notification asks for nothing', {
      jsonrpc: '2.0',
      method: 'stdio_bus/stats',
    }),
    statsResponse.accepts('EXT-2/stats-response', 'Statistics are a result', statsAnswer),
    statsResponse.refuses('EXT-2/stats-response-null', 'The result is not null', {
      jsonrpc: '2.0',
      id: 7,
      result: null,
    }),

    ...statsResponse.excludes('EXT-2/stats-response', statsAnswer, ['method', 'error']),

    lostParams.accepts('EXT-4/lost-exit', 'A worker may have exited', { ...lost, reason: 'exit' }),
    lostParams.accepts('EXT-4/lost-signal', 'A signal may have ended it', lost),
    lostParams.accepts('EXT-4/lost-failed', 'Its slot may have failed', {
      ...lost,
      reason: 'failed',
    }),
    lostParams.refuses('EXT-4/lost-reason', 'The list of reasons is closed', {
      ...lost,
      reason: 'timeout',
    }),
    ...lostParams.needs('EXT-4/lost', lost, ['sessionId', 'pool', 'reason']),
    lostNotification.accepts('EXT-4/lost-notification', 'The owner is told of a loss', lostFrame),
    ...lostNotification.needs('EXT-4/lost-notification', lostFrame, [
      'jsonrpc',
      'method',
      'params',
      'sessionId',
    ]),
    ...lostNotification.excludes('EXT-4/lost-notification', lostFrame, ['id', 'result', 'error']),
    lostNotification.refuses('EXT-4/lost-notification-method', 'The method is spelled so', {
      ...lostFrame,
      method: 'stdio_bus/sessionLost',
    }),
  ],
};
