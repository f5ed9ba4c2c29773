import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const processId = definition('process#ProcessId');
const seq = definition('process#Seq');
const base64 = definition('process#Base64');
const stream = definition('process#OutputStream');
const status = definition('process#WriteStatus');
const signal = definition('process#ProcessSignal');
const chunk = definition('process#OutputChunk');
const exitedParams = definition('process#ExitedParams');
const outputLost = definition('process#OutputLostData');

const piece = { seq: 1, stream: 'stdout', chunk: 'aGkK' };
const output = { processId: 'proc-1', ...piece };
const exited = { processId: 'proc-1', seq: 2, exitCode: 0 };
const closed = { processId: 'proc-1', seq: 3 };
const lost = { source: 'worker', name: 'OUTPUT_LOST', oldestSeq: 42 };

/** Texts that are no base64: name, why, the text. */
const badBase64: readonly (readonly [string, string, string])[] = [
  ['no-padding', 'Padding is needed', 'aGk'],
  ['one-character', 'One character of four is no byte', 'a'],
  ['three-pads', 'Three pads are none', 'a==='],
  ['too-much-padding', 'Whole groups have no padding', 'aGkK='],
  ['pad-inside', 'Padding is at the end', 'aG==aGkK'],
  ['url-alphabet', 'The alphabet is the standard one', '-_-_'],
  ['space', 'Spaces are not base64', 'aGkK aGkK'],
  ['line-feed', 'A line feed at the end is not base64', 'aGkK\n'],
  ['accent', 'é is not base64', 'aGké'],
];

/** Each notification: requirement and name of the vectors, definitions, method and params. */
const events = [
  ['PRC-1/output', 'Output', 'process/output', output],
  ['PRC-5/exited', 'Exited', 'process/exited', exited],
  ['PRC-1/closed', 'Closed', 'process/closed', closed],
] as const;

/** The notification of one event, and its params. */
function eventVectors([id, name, method, value]: (typeof events)[number]) {
  const notification = definition(`process#${name}Notification`);
  const params = definition(`process#${name}Params`);
  const tell = { jsonrpc: '2.0', method, params: value };
  return [
    params.accepts(`${id}-params`, `Params of ${method}`, value),
    params.accepts(`${id}-params-open`, 'Params are open', { ...value, at: 'now' }),
    ...params.needs(`${id}-params`, value, Object.keys(value)),
    params.refuses(`${id}-params-seq-zero`, 'The counter begins at 1', { ...value, seq: 0 }),
    notification.accepts(`${id}-notification`, `${method} is a notification`, {
      ...tell,
      sessionId: 'user-17',
    }),
    ...notification.needs(`${id}-notification`, tell, ['jsonrpc', 'method', 'params']),
    notification.refuses(`${id}-notification-id`, 'A notification has no id', { ...tell, id: 1 }),
    ...notification.excludes(`${id}-notification`, tell, ['id', 'result', 'error']),
    notification.refuses(`${id}-notification-method`, `The method is ${method}`, {
      ...tell,
      method: 'process/other',
    }),
    notification.refuses(`${id}-notification-empty`, 'Params are not empty', {
      ...tell,
      params: {},
    }),
  ];
}

export const processEvents: Topic = {
  title: 'The process profile: notifications and their parts',
  vectors: [
    processId.accepts('PRC-1/process-id', 'A process has a name', 'proc-1'),
    processId.accepts(
      'PRC-1/process-id-256',
      '256 characters are within the limit',
      'p'.repeat(256),
    ),
    processId.refuses('PRC-1/process-id-257', '257 characters are over it', 'p'.repeat(257)),
    processId.refuses('PRC-1/process-id-empty', 'A name is not empty', ''),
    processId.refuses('PRC-1/process-id-number', 'A pid is no name', 4711),

    seq.accepts('PRC-1/seq-first', 'The counter begins at 1', 1),
    seq.accepts('PRC-1/seq-large', 'The counter may be large', 9007199254740991),
    seq.refuses('PRC-1/seq-zero', 'The counter does not begin at 0', 0),
    seq.refuses('PRC-1/seq-fraction', 'The counter is an integer', 1.5),
    seq.refuses('PRC-1/seq-text', 'The counter is no text', '1'),

    base64.accepts('PRC-1/base64-empty', 'No bytes are the empty string', ''),
    base64.accepts('PRC-1/base64-one-byte', 'One byte has two pads', 'AA=='),
    base64.accepts('PRC-1/base64-two-bytes', 'Two bytes have one pad', 'AAA='),
    base64.accepts('PRC-1/base64-three-bytes', 'Three bytes have no pad', '+/09'),
    ...badBase64.map(([name, description, text]) =>
      base64.refuses(`PRC-1/base64-${name}`, description, text),
    ),

    ...stream.acceptsEach('PRC-1/stream', ['stdout', 'stderr', 'pty']),
    stream.refuses('PRC-1/stream-stdin', 'stdin is no output', 'stdin'),
    ...status.acceptsEach('PRC-1/status', [
      'accepted',
      'unknownProcess',
      'stdinClosed',
      'starting',
    ]),
    status.refuses('PRC-1/status-unknown', 'The list of statuses is closed', 'unknown-process'),
    ...signal.acceptsEach('PRC-1/signal-name', ['interrupt', 'terminate', 'kill']),
    signal.refuses('PRC-1/signal-name-of-system', 'Signals have names of their own', 'SIGINT'),

    chunk.accepts('PRC-2/chunk', 'A chunk has counter, stream and bytes', piece),
    ...chunk.needs('PRC-2/chunk', piece, ['seq', 'stream', 'chunk']),
    chunk.refuses('PRC-2/chunk-seq', 'The counter begins at 1', { ...piece, seq: 0 }),
    chunk.refuses('PRC-2/chunk-stream', 'The stream is known', { ...piece, stream: 'out' }),
    chunk.refuses('PRC-2/chunk-bytes', 'Bytes are base64', { ...piece, chunk: 'hi' }),

    ...events.flatMap(eventVectors),
    exitedParams.accepts('PRC-5/exited-denied', 'A sandbox may have denied something', {
      ...exited,
      sandboxDenied: true,
    }),
    exitedParams.accepts('PRC-5/exited-not-denied', 'false says that it did not', {
      ...exited,
      sandboxDenied: false,
    }),
    exitedParams.accepts('PRC-5/exited-denied-null', 'null is as absent: an older server', {
      ...exited,
      sandboxDenied: null,
    }),
    exitedParams.refuses('PRC-5/exited-denied-text', 'sandboxDenied is no text', {
      ...exited,
      sandboxDenied: 'false',
    }),
    exitedParams.accepts('PRC-5/exited-unknown', 'An unknown exit status is -1', {
      ...exited,
      exitCode: -1,
    }),
    exitedParams.refuses('PRC-5/exited-null', 'An exit status is not null', {
      ...exited,
      exitCode: null,
    }),

    outputLost.accepts('PRC-4/lost', 'Lost output says what is left', lost),
    outputLost.accepts('PRC-4/lost-first', 'All may be left', { ...lost, oldestSeq: 1 }),
    ...outputLost.needs('PRC-4/lost', lost, ['source', 'name', 'oldestSeq']),
    outputLost.refuses('PRC-4/lost-zero', 'The counter begins at 1', { ...lost, oldestSeq: 0 }),
    outputLost.refuses('PRC-4/lost-source', 'The worker says so', { ...lost, source: 'bus' }),
    outputLost.refuses('PRC-4/lost-name', 'The name is spelled so', { ...lost, name: 'LOST' }),
  ],
};
