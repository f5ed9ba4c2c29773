import type { Topic } from './topic.ts';
import { definition, without } from './value-vector.ts';

const workerRequest = definition('hop#WorkerRequest');
const workerNotification = definition('hop#WorkerNotification');
const clientToBus = definition('hop#ClientToBus');
const busToWorker = definition('hop#BusToWorker');
const workerToBus = definition('hop#WorkerToBus');
const busErrorResponse = definition('hop#BusErrorResponse');
const busToClient = definition('hop#BusToClient');

const ask = { jsonrpc: '2.0', id: 1, method: 'session/prompt', sessionId: 'user-17' };
const approval = { jsonrpc: '2.0', id: 0, method: 'approve', sessionId: 'user-17' };
const update = { jsonrpc: '2.0', method: 'session/update', sessionId: 'user-17' };
const answer = { jsonrpc: '2.0', id: 1, result: {}, sessionId: 'user-17' };
const lostData = { source: 'bus', name: 'WORKER_LOST', retryable: false, delivered: true };
const lost = errorOf(-32050, lostData);

/** An error response with this code and these data. */
function errorOf(code: number, data: unknown) {
  return { jsonrpc: '2.0', id: 1, error: { code, message: 'Worker lost', data } };
}

export const hops: Topic = {
  title: 'Frames per hop and direction',
  vectors: [
    workerRequest.accepts(
      'COR-6/worker-request',
      'A worker may ask the owner of a session',
      approval,
    ),
    ...workerRequest.needs('COR-6/worker-request', approval, [
      'jsonrpc',
      'id',
      'method',
      'sessionId',
    ]),
    workerRequest.refuses(
      'COR-6/worker-request-empty-session',
      'The session id of a worker request is not empty',
      {
        ...approval,
        sessionId: '',
      },
    ),
    workerNotification.accepts('AFF-8/worker-notification', 'A worker may tell the owner', update),
    ...workerNotification.needs('AFF-8/worker-notification', update, [
      'jsonrpc',
      'method',
      'sessionId',
    ]),
    workerNotification.refuses(
      'AFF-8/worker-notification-id',
      'A notification has no id',
      approval,
    ),

    clientToBus.accepts('FRM-5/client-request', 'A client sends requests', ask),
    clientToBus.accepts(
      'FRM-5/client-request-sessionless',
      'A client may send requests without a session',
      without(ask, 'sessionId'),
    ),
    clientToBus.accepts('FRM-5/client-notification', 'A client sends notifications', update),
    clientToBus.accepts('COR-6/client-response', "A client answers a worker's request", answer),
    clientToBus.refuses('AFF-7/client-response-pool', 'The pool of a response is a string', {
      ...answer,
      pool: 1,
    }),
    clientToBus.refuses('EXT-3/client-response-agent', 'The agent of a response is a string', {
      ...answer,
      agentId: {},
    }),
    clientToBus.accepts('EXT-1/client-hello', 'A client may say hello', {
      jsonrpc: '2.0',
      id: 0,
      method: 'stdio_bus/hello',
      params: { protocolVersion: '1' },
    }),
    clientToBus.refuses('EXT-1/client-hello-no-params', 'A hello has params', {
      jsonrpc: '2.0',
      id: 0,
      method: 'stdio_bus/hello',
    }),
    clientToBus.refuses('EXT-1/client-hello-version', 'A hello names its version as a string', {
      jsonrpc: '2.0',
      id: 0,
      method: 'stdio_bus/hello',
      params: { protocolVersion: 1 },
    }),
    clientToBus.accepts('EXT-1/client-hello-notification', 'Only a request says hello', {
      jsonrpc: '2.0',
      method: 'stdio_bus/hello',
    }),
    clientToBus.accepts('EXT-2/client-stats', 'A client may ask for statistics', {
      jsonrpc: '2.0',
      id: 's',
      method: 'stdio_bus/stats',
    }),
    clientToBus.refuses('EXT-2/client-stats-params', 'Params of stats are an object or array', {
      jsonrpc: '2.0',
      id: 's',
      method: 'stdio_bus/stats',
      params: 1,
    }),
    clientToBus.accepts('EXT-1/client-unknown-bus-method', 'Other names may begin like the bus', {
      jsonrpc: '2.0',
      id: 1,
      method: 'stdio_bus/other',
    }),
    clientToBus.refuses('FRM-5/client-batch', 'A client sends no batches', [ask]),
    clientToBus.refuses('FRM-5/client-id-only', 'An id alone is nothing to send', {
      jsonrpc: '2.0',
      id: 1,
    }),

    busToWorker.accepts('FRM-7/bus-to-worker-request', 'A worker gets requests', {
      ...ask,
      id: 17,
    }),
    busToWorker.accepts('FRM-7/bus-to-worker-response', 'A worker gets responses', answer),
    busToWorker.refuses('FRM-7/bus-to-worker-result-error', 'No frame has two outcomes', {
      ...answer,
      ...lost,
    }),

    workerToBus.accepts('WRK-3/worker-response', 'A response names its session', answer),
    workerToBus.accepts(
      'WRK-3/worker-response-sessionless',
      'A response to a request without a session has none',
      without(answer, 'sessionId'),
    ),
    workerToBus.accepts('WRK-3/worker-error', "A worker's errors have codes of its own", {
      ...errorOf(-32001, 'overloaded'),
      sessionId: 'user-17',
    }),
    workerToBus.accepts('WRK-3/worker-response-pool', 'A response may name pool and agent', {
      ...answer,
      pool: 'codex',
      agentId: 'reviewer',
    }),
    workerToBus.refuses('WRK-3/worker-response-empty-pool', 'The pool of a response is not empty', {
      ...answer,
      pool: '',
    }),
    workerToBus.accepts('WRK-3/worker-sends-request', 'A request names its session', approval),
    workerToBus.accepts(
      'WRK-3/worker-sends-notification',
      'A notification names its session',
      update,
    ),
    workerToBus.refuses(
      'WRK-3/worker-request-sessionless',
      'A request without a session has nowhere to go',
      without(approval, 'sessionId'),
    ),
    workerToBus.refuses(
      'WRK-3/worker-notification-sessionless',
      'A notification without a session has nowhere to go',
      without(update, 'sessionId'),
    ),

    busErrorResponse.accepts('RST-1/bus-error', 'The bus answers for a lost worker', lost),
    busErrorResponse.accepts('FRM-4/bus-error-null-id', 'The bus answers a bad line with id null', {
      jsonrpc: '2.0',
      id: null,
      error: {
        code: -32700,
        message: 'Not JSON',
        data: { source: 'bus', name: 'PARSE_ERROR', retryable: false, delivered: false },
      },
    }),
    ...busErrorResponse.needs('COR-1/bus-error', lost, ['jsonrpc', 'id', 'error']),
    busErrorResponse.refuses('COR-1/bus-error-worker', 'An error of a worker is none of the bus', {
      ...errorOf(-32001, { source: 'worker' }),
    }),
    busErrorResponse.refuses('COR-1/bus-error-no-data', 'An error of the bus has data', {
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32050, message: 'Worker lost' },
    }),

    busToClient.accepts('COR-1/to-client-response', 'A client gets responses', answer),
    busToClient.accepts('COR-6/to-client-request', "A client gets workers' requests", approval),
    busToClient.accepts('AFF-8/to-client-notification', 'A client gets notifications', update),
    busToClient.accepts('RST-1/to-client-lost', 'A client learns that a worker was lost', lost),
    busToClient.refuses(
      'AFF-8/to-client-sessionless',
      'A client gets no notification without a session',
      without(update, 'sessionId'),
    ),
    busToClient.refuses(
      'COR-1/to-client-wrong-code',
      'A code of the bus goes with its own name',
      errorOf(-32051, lostData),
    ),
    busToClient.refuses(
      'COR-1/to-client-unknown-code',
      'The bus has no codes outside its list',
      errorOf(-32059, lostData),
    ),
    busToClient.refuses(
      'COR-1/to-client-unknown-name',
      'The bus has no names outside its list',
      errorOf(-32050, { ...lostData, name: 'WORKER_GONE' }),
    ),
    busToClient.refuses(
      'RST-1/to-client-no-delivered',
      'The bus says whether the request was delivered',
      errorOf(-32050, without(lostData, 'delivered')),
    ),
    busToClient.refuses(
      'RST-1/to-client-delivered-text',
      'delivered is true or false',
      errorOf(-32050, { ...lostData, delivered: 'maybe' }),
    ),
    busToClient.accepts(
      'COR-1/to-client-worker-code',
      "A worker's errors pass whatever their code and data",
      errorOf(-32050, { source: 'worker', name: 'WORKER_GONE' }),
    ),
    busToClient.accepts(
      'COR-1/to-client-worker-text',
      "A worker's errors pass with data of a text",
      errorOf(7, 'bus'),
    ),
    busToClient.accepts('COR-1/to-client-worker-no-data', "A worker's errors pass without data", {
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32050, message: 'mine' },
    }),
  ],
};
