import type { Topic } from './topic.ts';
import { type Definition, definition } from './value-vector.ts';

const requestId = definition('codex#CodexRequestId');
const request = definition('codex#CodexRequest');
const notification = definition('codex#CodexNotification');
const response = definition('codex#CodexResponse');
const errorResponse = definition('codex#CodexErrorResponse');
const frame = definition('codex#CodexFrame');
const initialize = definition('codex#CodexInitializeRequest');
const initialized = definition('codex#CodexInitializedNotification');
const threadParams = definition('codex#CodexThreadParams');

const ask = { id: 3, method: 'turn/start', params: { threadId: 'thr-1', input: [] } };
const tell = { method: 'turn/completed', params: { threadId: 'thr-1' } };
const answer = { id: 3, result: { turn: { id: 'turn-1' } } };
const failure = { id: 3, error: { code: -32001, message: 'Server overloaded' } };
const start = {
  id: 0,
  method: 'initialize',
  params: { clientInfo: { name: 'kit', version: '1' } },
};

/** Each kind of frame: requirement and name, definition, a frame. */
const kinds: readonly (readonly [string, Definition, object])[] = [
  ['codex-request', request, ask],
  ['codex-notification', notification, tell],
  ['codex-response', response, answer],
  ['codex-error', errorResponse, failure],
];

/** The routing members of one kind of frame. */
function routingVectors([id, kind, value]: (typeof kinds)[number]) {
  return [
    kind.accepts(`AFF-4/${id}-routed`, 'A frame may name session and pool', {
      ...value,
      sessionId: 'user-17',
      pool: 'codex',
    }),
    kind.accepts(`AFF-7/${id}-pool-256`, 'A pool of 256 characters is within the limit', {
      ...value,
      pool: 'p'.repeat(256),
    }),
    kind.refuses(`AFF-7/${id}-pool-257`, 'A pool of 257 characters is over it', {
      ...value,
      pool: 'p'.repeat(257),
    }),
    kind.refuses(`AFF-7/${id}-pool-empty`, 'A pool is not empty', { ...value, pool: '' }),
    kind.refuses(`AFF-7/${id}-pool-number`, 'A pool is a string', { ...value, pool: 5 }),
    kind.refuses(`AFF-6/${id}-session`, 'A session id is not null', { ...value, sessionId: null }),
  ];
}

export const codex: Topic = {
  title: 'Frames of the codex dialect',
  vectors: [
    requestId.accepts('WRK-2/codex-id-integer', 'An integer is an id', 0),
    requestId.accepts('WRK-2/codex-id-negative', 'A negative integer is an id', -1),
    requestId.accepts('WRK-2/codex-id-string', 'A string is an id', 'a1'),
    requestId.refuses('WRK-2/codex-id-fraction', 'A fraction is no id here', 1.5),
    requestId.refuses('WRK-2/codex-id-null', 'null is no id', null),
    requestId.refuses('WRK-2/codex-id-true', 'true is no id', true),

    request.accepts('WRK-2/codex-request', 'A request has no jsonrpc', ask),
    request.accepts('WRK-2/codex-request-open', 'Unknown members pass', {
      ...ask,
      agentId: 5,
      _ext: 'any',
    }),
    ...request.needs('WRK-2/codex-request', ask, ['id', 'method']),
    request.refuses(
      'WRK-2/codex-request-jsonrpc',
      'jsonrpc makes it a frame of the other dialect',
      {
        ...ask,
        jsonrpc: '2.0',
      },
    ),
    request.refuses('WRK-2/codex-request-method', 'A method is a string', { ...ask, method: 1 }),
    request.refuses('WRK-2/codex-request-params', 'Params are no text', { ...ask, params: 'hi' }),
    request.refuses('WRK-2/codex-request-session', 'A session id is not empty', {
      ...ask,
      sessionId: '',
    }),
    request.refuses('WRK-2/codex-request-result', 'A request has no result', { ...ask, result: 1 }),
    request.refuses('WRK-2/codex-request-error', 'A request has no error', { ...ask, error: {} }),

    notification.accepts('COR-4/codex-notification', 'A notification has a method only', tell),
    notification.refuses('COR-4/codex-notification-none', 'A notification has a method', {
      params: {},
    }),
    notification.refuses('COR-4/codex-notification-id', 'A notification has no id', ask),
    notification.refuses('COR-4/codex-notification-jsonrpc', 'A notification has no jsonrpc', {
      ...tell,
      jsonrpc: '2.0',
    }),
    notification.refuses('COR-4/codex-notification-error', 'A notification has no error', {
      ...tell,
      error: {},
    }),

    response.accepts('WRK-2/codex-response', 'A response has an id and a result', answer),
    response.accepts('WRK-2/codex-response-null', 'A result may be null', {
      id: 'a',
      result: null,
    }),
    ...response.needs('WRK-2/codex-response', answer, ['id', 'result']),
    response.refuses('WRK-2/codex-response-jsonrpc', 'A response has no jsonrpc', {
      ...answer,
      jsonrpc: '2.0',
    }),
    response.refuses('WRK-2/codex-response-null-id', 'A result has no id of null', {
      ...answer,
      id: null,
    }),
    response.refuses('WRK-2/codex-response-method', 'A response has no method', {
      ...answer,
      method: 'x',
    }),

    errorResponse.accepts('WRK-4/codex-error', 'An overloaded worker says so', failure),
    errorResponse.accepts('WRK-4/codex-error-null-id', 'The id is null where none was read', {
      ...failure,
      id: null,
    }),
    ...errorResponse.needs('WRK-4/codex-error', failure, ['id', 'error']),
    errorResponse.refuses('WRK-4/codex-error-jsonrpc', 'An error response has no jsonrpc', {
      ...failure,
      jsonrpc: '2.0',
    }),
    errorResponse.refuses('WRK-4/codex-error-no-message', 'An error has a message', {
      id: 3,
      error: { code: -32001 },
    }),
    errorResponse.refuses('WRK-4/codex-error-result', 'An error response has no result', {
      ...failure,
      ...answer,
    }),

    ...kinds.flatMap(routingVectors),

    frame.accepts('WRK-2/codex-frame-request', 'A request is a frame', ask),
    frame.accepts('WRK-2/codex-frame-notification', 'A notification is a frame', tell),
    frame.accepts('WRK-2/codex-frame-response', 'A response is a frame', answer),
    frame.accepts('WRK-4/codex-frame-error', 'An error response is a frame', failure),
    frame.refuses('WRK-2/codex-frame-jsonrpc', 'No frame of this dialect has jsonrpc', {
      ...tell,
      jsonrpc: '2.0',
    }),
    frame.refuses('WRK-2/codex-frame-empty', 'An empty object is no frame', {}),

    initialize.accepts('WRK-2/codex-initialize', 'An app server is told of its client', start),
    initialize.accepts('WRK-2/codex-initialize-executor', 'An executor is told a name', {
      ...start,
      params: { clientName: 'kit', resumeSessionId: 's-1' },
    }),
    initialize.accepts('WRK-2/codex-initialize-new', 'There may be nothing to resume', {
      ...start,
      params: { clientName: 'kit', resumeSessionId: null },
    }),
    ...initialize.needs('WRK-2/codex-initialize', start, ['id', 'method', 'params']),
    initialize.refuses('WRK-2/codex-initialize-nobody', 'Someone connects', {
      ...start,
      params: {},
    }),
    initialize.refuses('WRK-2/codex-initialize-method', 'The method is initialize', {
      ...start,
      method: 'initialise',
    }),
    initialize.refuses('WRK-2/codex-initialize-jsonrpc', 'The first frame has no jsonrpc', {
      ...start,
      jsonrpc: '2.0',
    }),
    initialize.refuses('WRK-2/codex-initialize-no-version', 'A client has a version', {
      ...start,
      params: { clientInfo: { name: 'kit' } },
    }),
    initialize.refuses('WRK-2/codex-initialize-name', 'A client name is a string', {
      ...start,
      params: { clientName: 5 },
    }),
    initialize.refuses('WRK-2/codex-initialize-resume', 'A session to resume is a string', {
      ...start,
      params: { clientName: 'kit', resumeSessionId: 5 },
    }),
    ...initialize.excludes('WRK-2/codex-initialize', start, ['result', 'error']),
    initialized.accepts('WRK-2/codex-initialized', 'A notification ends the handshake', {
      method: 'initialized',
    }),
    initialized.refuses('WRK-2/codex-initialized-id', 'The handshake ends with a notification', {
      id: 1,
      method: 'initialized',
    }),
    initialized.refuses('WRK-2/codex-initialized-method', 'The method is initialized', {
      method: 'notifications/initialized',
    }),
    initialized.refuses(
      'WRK-2/codex-initialized-jsonrpc',
      'The end of the handshake has no jsonrpc',
      {
        jsonrpc: '2.0',
        method: 'initialized',
      },
    ),

    ...initialized.excludes('WRK-2/codex-initialized', { method: 'initialized' }, [
      'result',
      'error',
    ]),

    threadParams.accepts('WRK-3/codex-thread', 'Params name the thread', tell.params),
    threadParams.refuses('WRK-3/codex-thread-none', 'A thread is named', { input: [] }),
    threadParams.refuses('WRK-3/codex-thread-number', 'A thread is named by a string', {
      threadId: 5,
    }),
  ],
};
