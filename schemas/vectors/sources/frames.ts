import type { Topic } from './topic.ts';
import { type Definition, definition } from './value-vector.ts';

const version = definition('frame#JsonRpcVersion');
const requestId = definition('frame#RequestId');
const workerFacingId = definition('frame#WorkerFacingId');
const method = definition('frame#MethodName');
const params = definition('frame#Params');
const session = definition('frame#SessionId');
const pool = definition('frame#PoolId');
const agent = definition('frame#AgentId');
const errorObject = definition('frame#ErrorObject');
const request = definition('frame#Request');
const notification = definition('frame#Notification');
const response = definition('frame#Response');
const errorResponse = definition('frame#ErrorResponse');
const routing = definition('frame#RoutingMembers');
const frame = definition('frame#Frame');

const ask = { jsonrpc: '2.0', id: 1, method: 'session/prompt' };
const tell = { jsonrpc: '2.0', method: 'session/cancel' };
const answer = { jsonrpc: '2.0', id: 1, result: { text: 'hi' } };
const failure = { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'Method not found' } };

/** The members for routing and for others, in a response of either kind. */
function besideTheOutcome(id: string, kind: Definition, value: object) {
  const full = { sessionId: 'user-17', pool: 'codex', agentId: '', _ext: {} };
  return [
    kind.accepts(`COR-1/${id}-full`, 'A response with every known member', { ...value, ...full }),
    kind.accepts(`AFF-7/${id}-pool`, 'A response may name a pool', { ...value, pool: 'p' }),
    kind.refuses(`AFF-7/${id}-empty-pool`, 'A pool is not empty', { ...value, pool: '' }),
    kind.refuses(`AFF-7/${id}-null-pool`, 'A pool is not null', { ...value, pool: null }),
    kind.refuses(`AFF-7/${id}-257-pool`, 'A pool of 257 characters is over the limit', {
      ...value,
      pool: 'p'.repeat(257),
    }),
    kind.refuses(`AFF-6/${id}-empty-session`, 'A session id is not empty', {
      ...value,
      sessionId: '',
    }),
    kind.refuses(`EXT-3/${id}-agent`, 'An agent is a string', { ...value, agentId: 1 }),
    kind.refuses(`EXT-3/${id}-ext`, '_ext is an object', { ...value, _ext: null }),
  ];
}

export const frames: Topic = {
  title: 'Frames of the jsonrpc dialect, as values',
  vectors: [
    version.accepts('FRM-5/version', 'The version is the string 2.0', '2.0'),
    version.refuses('FRM-5/version-one', 'Version 1.0 is another protocol', '1.0'),
    version.refuses('FRM-5/version-short', 'The version is not shortened', '2'),
    version.refuses('FRM-5/version-number', 'The version is no number', 2),
    version.refuses('FRM-5/version-null', 'The version is not null', null),

    requestId.accepts('FRM-5/request-id-integer', 'An integer is an id', 17),
    requestId.accepts('FRM-5/request-id-fraction', 'A fraction is an id', -0.5),
    requestId.accepts('FRM-5/request-id-max-safe', '2^53-1 is an id', 9007199254740991),
    requestId.accepts('FRM-5/request-id-large', 'A number beyond 2^64 is an id', 1e300),
    requestId.accepts('FRM-5/request-id-string', 'A string is an id', 'req-1'),
    requestId.accepts('FRM-5/request-id-empty', 'The empty string is an id', ''),
    requestId.accepts('FRM-5/request-id-surrogate', 'A lone surrogate is an id', '\ud83d'),
    requestId.refuses('FRM-5/request-id-true', 'true is no id', true),
    requestId.refuses('FRM-5/request-id-null', 'null is no id of a request', null),
    requestId.refuses('FRM-5/request-id-object', 'An object is no id', {}),
    requestId.refuses('FRM-5/request-id-array', 'A number in an array is no id', [1]),

    workerFacingId.accepts('COR-9/id-zero', 'Zero is safe', 0),
    workerFacingId.accepts('COR-9/id-max-safe', '2^53-1 is safe', 9007199254740991),
    workerFacingId.refuses('COR-9/id-beyond-max-safe', '2^53 is not safe', 9007199254740992),
    workerFacingId.accepts('COR-9/id-min-safe', '-(2^53-1) is safe', -9007199254740991),
    workerFacingId.refuses('COR-9/id-beyond-min-safe', '-2^53 is not safe', -9007199254740992),
    workerFacingId.refuses('COR-9/id-fraction', 'A fraction is not safe', 1.5),
    workerFacingId.accepts('COR-9/id-one-character', 'A string of one character is short', 'b'),
    workerFacingId.accepts('COR-9/id-printable', 'Space and tilde are the edges of ASCII', ' ~'),
    workerFacingId.accepts('COR-9/id-64', 'A string of 64 is short', 'b'.repeat(64)),
    workerFacingId.refuses('COR-9/id-65', 'A string of 65 is not short', 'b'.repeat(65)),
    workerFacingId.refuses('COR-9/id-empty', 'An empty string is no id for a worker', ''),
    workerFacingId.refuses('COR-9/id-accent', 'é is not ASCII', 'é'),
    workerFacingId.refuses('COR-9/id-delete', 'U+007F is not printable', '\x7f'),
    workerFacingId.refuses('COR-9/id-line-feed', 'A line feed at the end is not printable', 'b\n'),
    workerFacingId.refuses('COR-9/id-null', 'null is no id', null),

    method.accepts('FRM-5/method-name', 'A method is any string', 'stdio_bus/hello'),
    method.accepts('FRM-5/method-name-empty', 'The empty string is a method', ''),
    method.refuses('FRM-5/method-name-number', 'A number is no method', 5),
    method.refuses('FRM-5/method-name-null', 'null is no method', null),

    params.accepts('FRM-5/params-by-name', 'Arguments go by name', { prompt: 'hello' }),
    params.accepts('FRM-5/params-by-position', 'Arguments go by position', [1, 'two', null]),
    params.accepts('FRM-5/params-none', 'Params may be empty', {}),
    params.refuses('FRM-5/params-of-string', 'A string is neither object nor array', 'text'),
    params.refuses('FRM-5/params-of-null', 'null is neither object nor array', null),

    session.accepts('AFF-6/value-one', 'A session id has at least one character', 's'),
    session.refuses('AFF-6/value-empty', 'An empty session id is none', ''),
    session.accepts('AFF-6/value-255', '255 characters are within the limit', 's'.repeat(255)),
    session.accepts('AFF-6/value-256', '256 characters are within the limit', 's'.repeat(256)),
    session.refuses(
      'AFF-6/value-257',
      'A session id of 257 characters is over the limit',
      's'.repeat(257),
    ),
    session.accepts(
      'AFF-6/value-code-points',
      'A schema counts code points: 256 beyond U+FFFF are within its limit, though not in bytes',
      '😀'.repeat(256),
    ),
    session.refuses(
      'AFF-6/value-257-code-points',
      'A session id of 257 code points is over the limit',
      '😀'.repeat(257),
    ),
    session.refuses(
      'AFF-6/value-combining',
      'A combining mark is a code point of its own',
      'e\u0301'.repeat(129),
    ),
    session.refuses('AFF-6/value-number', 'A number is no session id', 17),
    session.refuses('AFF-6/value-null', 'null is no session id', null),

    pool.accepts('AFF-7/pool-value', 'A pool has a name', 'codex'),
    pool.accepts('AFF-7/pool-256', '256 characters are within the limit', 'p'.repeat(256)),
    pool.refuses('AFF-7/pool-257', 'A pool of 257 characters is over the limit', 'p'.repeat(257)),
    pool.refuses('AFF-7/pool-empty', 'An empty name is none', ''),
    pool.refuses('AFF-7/pool-array', 'A list of pools is no pool', ['codex']),

    agent.accepts('EXT-3/agent', 'An agent is any string', 'reviewer'),
    agent.refuses('EXT-3/agent-object', 'An object is no agent', { name: 'reviewer' }),

    errorObject.accepts('COR-1/error', 'An error has a code and a message', failure.error),
    errorObject.accepts('COR-1/error-with-data', 'Data may be anything', {
      ...failure.error,
      data: [null, 1],
    }),
    errorObject.accepts('COR-1/error-own-code', 'A worker has codes of its own', {
      code: -32001,
      message: '',
      details: 'open',
    }),
    ...errorObject.needs('COR-1/error', failure.error, ['code', 'message']),
    errorObject.refuses('COR-1/error-code-string', 'A code is a number', {
      ...failure.error,
      code: '-32601',
    }),
    errorObject.refuses('COR-1/error-code-fraction', 'A code is an integer', {
      ...failure.error,
      code: -32601.5,
    }),
    errorObject.refuses('COR-1/error-message-null', 'A message is a string', {
      ...failure.error,
      message: null,
    }),
    errorObject.refuses('COR-1/error-text', 'A text is no error', 'Method not found'),

    request.accepts('FRM-5/request-smallest', 'A request needs three members', ask),
    request.accepts('FRM-5/request-full', 'A request with every known member', {
      ...ask,
      params: { prompt: 'hello' },
      sessionId: 'user-17',
      pool: 'codex',
      agentId: 'reviewer',
      _ext: { identity: { subjectId: 'user-17' } },
    }),
    request.accepts('FRM-5/request-unknown-member', 'Frames are open: unknown members pass', {
      ...ask,
      'x-priority': 3,
      ['__proto__']: { sessionId: 1 },
      toString: null,
    }),
    ...request.needs('FRM-5/request', ask, ['jsonrpc', 'id', 'method']),
    request.refuses('FRM-5/request-version', 'A request is of version 2.0', {
      ...ask,
      jsonrpc: '2',
    }),
    request.refuses('FRM-5/request-null-id', 'A request has no id of null', { ...ask, id: null }),
    request.refuses('FRM-5/request-method-number', 'A method is a string', { ...ask, method: 5 }),
    request.refuses('FRM-5/request-params-text', 'Params are no text', { ...ask, params: 'hi' }),
    request.refuses('AFF-6/request-empty-session', 'A session id is not empty', {
      ...ask,
      sessionId: '',
    }),
    request.refuses('AFF-7/request-pool-number', 'A pool is a string', { ...ask, pool: 1 }),
    request.refuses('EXT-3/request-agent-number', 'An agent is a string', { ...ask, agentId: 1 }),
    request.refuses('EXT-3/request-ext-text', '_ext is an object', { ...ask, _ext: 'trace' }),
    request.refuses('FRM-5/request-with-result', 'A request has no result', { ...ask, result: 1 }),
    request.refuses('FRM-5/request-with-error', 'A request has no error', { ...ask, error: null }),
    request.refuses('FRM-5/request-as-array', 'A batch is no request', [ask]),
    request.refuses('FRM-5/request-as-text', 'A text is no request', 'session/prompt'),

    notification.accepts('COR-4/notification-smallest', 'A notification needs two members', tell),
    notification.accepts('COR-4/notification-full', 'A notification with every known member', {
      ...tell,
      params: [],
      sessionId: 'user-17',
      pool: 'codex',
      agentId: '',
      _ext: {},
    }),
    ...notification.needs('COR-4/notification', tell, ['jsonrpc', 'method']),
    notification.refuses('COR-4/notification-with-id', 'A notification has no id', ask),
    notification.refuses('COR-4/notification-null-id', 'null is an id that is there', {
      ...tell,
      id: null,
    }),
    notification.refuses('COR-4/notification-with-error', 'A notification has no error', {
      ...tell,
      error: failure.error,
    }),

    response.accepts('COR-1/response', 'A response has an id and a result', answer),
    response.accepts('COR-1/response-null', 'A result may be null', { ...answer, result: null }),
    response.accepts('COR-1/response-open', 'A response may have unknown members', {
      ...answer,
      params: 'any',
      took: 3,
    }),
    ...besideTheOutcome('response', response, answer),
    ...response.needs('COR-1/response', answer, ['jsonrpc', 'id', 'result']),
    response.refuses('COR-1/response-null-id', 'A result has no id of null', {
      ...answer,
      id: null,
    }),
    response.refuses('COR-1/response-with-method', 'A response has no method', {
      ...answer,
      ...ask,
    }),
    response.refuses('COR-1/response-with-error', 'A response has one outcome', {
      ...answer,
      ...failure,
    }),

    errorResponse.accepts('COR-1/error-response', 'An error response has an error', failure),
    errorResponse.accepts(
      'COR-1/error-response-null-id',
      'The id of an error is null where none was read',
      {
        ...failure,
        id: null,
      },
    ),
    ...besideTheOutcome('error-response', errorResponse, failure),
    ...errorResponse.needs('COR-1/error-response', failure, ['jsonrpc', 'id', 'error']),
    errorResponse.refuses('COR-1/error-response-true-id', 'true is no id of an error either', {
      ...failure,
      id: true,
    }),
    errorResponse.refuses('COR-1/error-response-null', 'An error is not null', {
      ...failure,
      error: null,
    }),
    errorResponse.refuses('COR-1/error-response-result', 'An error response has no result', {
      ...failure,
      result: null,
    }),
    errorResponse.refuses('COR-1/error-response-method', 'An error response has no method', {
      ...failure,
      method: 'x',
    }),

    routing.accepts('AFF-4/routing', 'Routing needs these four members at most', {
      id: 1,
      method: 'x',
      sessionId: 's',
      pool: 'p',
    }),
    routing.accepts('AFF-4/routing-none', 'A frame may have none of them', { result: 1 }),
    routing.refuses('AFF-4/routing-session', 'A session id is a string', { sessionId: 5 }),
    routing.refuses('AFF-4/routing-pool', 'A pool is not empty', { pool: '' }),
    routing.refuses('AFF-4/routing-array', 'Members need an object', []),

    frame.accepts('FRM-5/frame-request', 'A request is a frame', ask),
    frame.accepts('FRM-5/frame-notification', 'A notification is a frame', tell),
    frame.accepts('FRM-5/frame-response', 'A response is a frame', answer),
    frame.accepts('FRM-5/frame-error-response', 'An error response is a frame', failure),
    frame.refuses('FRM-5/frame-nothing', 'A frame has a method, a result or an error', {
      jsonrpc: '2.0',
      id: 1,
    }),
    frame.refuses('FRM-5/frame-both', 'A frame has one outcome', { ...answer, ...failure }),
    frame.refuses('FRM-5/frame-codex', 'A frame without jsonrpc is one of the codex dialect', {
      id: 1,
      method: 'x',
    }),
    frame.refuses('FRM-5/frame-number', 'A number is no frame', 42),
    frame.refuses('FRM-5/frame-null', 'null is no frame', null),
  ],
};
