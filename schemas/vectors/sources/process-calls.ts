import type { Topic } from './topic.ts';
import { type Definition, definition, nameOf } from './value-vector.ts';

const startParams = definition('process#StartParams');
const startResult = definition('process#StartResult');
const readParams = definition('process#ReadParams');
const readResult = definition('process#ReadResult');
const writeParams = definition('process#WriteParams');
const writeResult = definition('process#WriteResult');
const signalParams = definition('process#SignalParams');
const signalResult = definition('process#SignalResult');
const terminateParams = definition('process#TerminateParams');
const terminateResult = definition('process#TerminateResult');

const start = { processId: 'proc-1', argv: ['git', 'status'], cwd: '/work/repo' };
const read = { processId: 'proc-1', afterSeq: 0, maxBytes: 65536, waitMs: 1000 };
const readBack = {
  chunks: [{ seq: 1, stream: 'stdout', chunk: 'aGkK' }],
  nextSeq: 2,
  exited: true,
  closed: false,
};
const write = { processId: 'proc-1', chunk: 'eWVzCg==' };
const signal = { processId: 'proc-1', signal: 'interrupt' };

/** Each call: requirement and name of the vectors, definitions, method, params and result. */
const calls = [
  ['PRC-1/start', 'Start', 'process/start', start, { processId: 'proc-1' }],
  ['PRC-3/read', 'Read', 'process/read', read, readBack],
  ['PRC-1/write', 'Write', 'process/write', write, { status: 'accepted' }],
  ['PRC-1/signal', 'Signal', 'process/signal', signal, {}],
  ['PRC-1/terminate', 'Terminate', 'process/terminate', { processId: 'proc-1' }, { running: true }],
] as const;

/** The request of one call, and its response. */
function callVectors([id, name, method, params, result]: (typeof calls)[number]) {
  const request = definition(`process#${name}Request`);
  const response = definition(`process#${name}Response`);
  const ask = { jsonrpc: '2.0', id: 1, method, params };
  const answer = { jsonrpc: '2.0', id: 1, result };
  return [
    request.accepts(`${id}-request`, `${method} is a request`, { ...ask, sessionId: 'user-17' }),
    ...request.needs(`${id}-request`, ask, ['jsonrpc', 'id', 'method', 'params']),
    request.refuses(`${id}-request-method`, `The method is ${method}`, {
      ...ask,
      method: `${method}s`,
    }),
    request.refuses(`${id}-request-by-position`, 'Params go by name', {
      ...ask,
      params: ['proc-1'],
    }),
    request.refuses(`${id}-request-empty`, 'Params name the process', { ...ask, params: {} }),
    request.refuses(`${id}-request-result`, 'A request has no result', { ...ask, result }),
    ...request.excludes(`${id}-request`, ask, ['result', 'error']),
    response.accepts(`${id}-response`, `${method} has a response`, answer),
    ...response.needs(`${id}-response`, answer, ['jsonrpc', 'id', 'result']),
    response.refuses(`${id}-response-method`, 'A response has no method', { ...answer, method }),
    ...response.excludes(`${id}-response`, answer, ['method', 'error']),
    response.refuses(`${id}-response-null`, 'The result is not null', { ...answer, result: null }),
  ];
}

/** What holds for params that name a process: each is refused without it, empty, or too long. */
function processIdVectors(id: string, params: Definition, value: { processId: string }) {
  return [
    ...params.needs(id, value, ['processId']),
    params.refuses(`${id}-process-empty`, 'A process has a name', { ...value, processId: '' }),
    params.refuses(`${id}-process-number`, 'A pid is no name', { ...value, processId: 4711 }),
  ];
}

export const processCalls: Topic = {
  title: 'The process profile: methods',
  vectors: [
    ...calls.flatMap(callVectors),

    startParams.accepts('PRC-1/start-smallest', 'A start needs name, command and folder', start),
    startParams.accepts('PRC-1/start-full', 'A start may say more', {
      ...start,
      env: { LANG: 'C', EMPTY: '' },
      tty: true,
      pipeStdin: true,
      arg0: '-git',
    }),
    startParams.accepts('PRC-1/start-arg0-null', 'arg0 may be null', { ...start, arg0: null }),
    startParams.accepts('PRC-1/start-uri', 'A folder may be a URI', {
      ...start,
      cwd: 'file:///work',
    }),
    startParams.accepts('PRC-1/start-empty-argument', 'An argument may be empty', {
      ...start,
      argv: ['echo', ''],
    }),
    ...processIdVectors('PRC-1/start', startParams, start),
    ...startParams.needs('PRC-1/start', start, ['argv', 'cwd']),
    startParams.refuses('PRC-1/start-no-command', 'An empty list is no command', {
      ...start,
      argv: [],
    }),
    startParams.refuses('PRC-1/start-shell-line', 'A shell line is no command', {
      ...start,
      argv: 'git status',
    }),
    startParams.refuses('PRC-1/start-argument-number', 'An argument is a string', {
      ...start,
      argv: ['sleep', 1],
    }),
    startParams.refuses('PRC-1/start-argument-nul', 'An argument holds no NUL', {
      ...start,
      argv: ['echo', 'a\0b'],
    }),
    startParams.refuses('PRC-1/start-empty-folder', 'A folder has a name', { ...start, cwd: '' }),
    startParams.refuses('PRC-1/start-env-number', 'A variable is a string', {
      ...start,
      env: { N: 1 },
    }),
    startParams.refuses('PRC-1/start-env-equals', 'The name of a variable holds no "="', {
      ...start,
      env: { 'A=B': '' },
    }),
    startParams.refuses('PRC-1/start-env-empty-name', 'A variable has a name', {
      ...start,
      env: { '': 'x' },
    }),
    startParams.refuses('PRC-1/start-env-nul', 'The value of a variable holds no NUL', {
      ...start,
      env: { A: '\0' },
    }),
    startParams.refuses('PRC-1/start-env-list', 'Variables go by name', { ...start, env: ['A=B'] }),
    startParams.refuses('PRC-1/start-tty-text', 'tty is true or false', { ...start, tty: 'yes' }),
    startParams.refuses('PRC-1/start-stdin-null', 'pipeStdin is not null', {
      ...start,
      pipeStdin: null,
    }),
    startResult.accepts('PRC-1/start-result', 'A start gives its name back', { processId: 'p' }),
    startResult.refuses('PRC-1/start-result-empty', 'The result of a start names the process', {}),

    readParams.accepts('PRC-3/read-smallest', 'A read needs the process only', { processId: 'p' }),
    readParams.accepts('PRC-3/read-nulls', 'null is as absent', {
      processId: 'p',
      afterSeq: null,
      maxBytes: null,
      waitMs: null,
    }),
    readParams.accepts('PRC-3/read-zeros', 'Zero is the least', {
      processId: 'p',
      afterSeq: 0,
      maxBytes: 0,
      waitMs: 0,
    }),
    ...processIdVectors('PRC-3/read', readParams, { processId: 'p' }),
    ...['afterSeq', 'maxBytes', 'waitMs'].flatMap((member) => [
      readParams.refuses(`PRC-3/read-negative-${nameOf(member)}`, `${member} is not negative`, {
        processId: 'p',
        [member]: -1,
      }),
      readParams.refuses(`PRC-3/read-fraction-${nameOf(member)}`, `${member} is an integer`, {
        processId: 'p',
        [member]: 0.5,
      }),
    ]),
    readParams.refuses('PRC-3/read-text', 'A number is no text', { processId: 'p', waitMs: '0' }),
    readResult.accepts('PRC-3/read-result', 'A read gives output and state', readBack),
    readResult.accepts('PRC-3/read-result-full', 'A read may say how a process ended', {
      ...readBack,
      exitCode: -1,
      failure: 'executor was restarted',
      sandboxDenied: true,
    }),
    readResult.accepts('PRC-3/read-result-nulls', 'What is not known is null', {
      ...readBack,
      chunks: [],
      nextSeq: 1,
      exitCode: null,
      failure: null,
      sandboxDenied: null,
    }),
    ...readResult.needs('PRC-3/read-result', readBack, ['chunks', 'nextSeq', 'exited', 'closed']),
    readResult.refuses('PRC-3/read-result-next-zero', 'nextSeq is at least 1', {
      ...readBack,
      nextSeq: 0,
    }),
    readResult.refuses('PRC-3/read-result-chunk', 'A chunk is base64', {
      ...readBack,
      chunks: [{ seq: 1, stream: 'stdout', chunk: 'hi!' }],
    }),
    readResult.refuses('PRC-3/read-result-exit-text', 'An exit status is a number', {
      ...readBack,
      exitCode: 'SIGKILL',
    }),
    readResult.refuses('PRC-3/read-result-closed-null', 'closed is true or false', {
      ...readBack,
      closed: null,
    }),

    writeParams.accepts('PRC-1/write-smallest', 'A write needs process and bytes', write),
    writeParams.accepts('PRC-1/write-named', 'A write may have a name', { ...write, writeId: 'w' }),
    writeParams.accepts('PRC-1/write-nothing', 'A write may be empty', { ...write, chunk: '' }),
    ...processIdVectors('PRC-1/write', writeParams, write),
    ...writeParams.needs('PRC-1/write', write, ['chunk']),
    writeParams.refuses('PRC-1/write-text', 'Bytes are base64', { ...write, chunk: 'yes\n' }),
    writeParams.refuses('PRC-1/write-empty-name', 'A name is not empty', { ...write, writeId: '' }),
    writeResult.accepts('PRC-1/write-result', 'A write has a status', { status: 'starting' }),
    writeResult.refuses('PRC-1/write-result-empty', 'The result of a write has a status', {}),
    writeResult.refuses('PRC-1/write-result-unknown', 'The list of statuses is closed', {
      status: 'ok',
    }),

    signalParams.accepts('PRC-1/signal-kill', 'A signal has a name', { ...signal, signal: 'kill' }),
    ...processIdVectors('PRC-1/signal', signalParams, signal),
    ...signalParams.needs('PRC-1/signal', signal, ['signal']),
    signalParams.refuses('PRC-1/signal-number', 'A number is no signal', { ...signal, signal: 9 }),
    signalResult.accepts('PRC-1/signal-result', 'The result of a signal is empty', {}),
    signalResult.accepts('PRC-1/signal-result-open', 'The result of a signal is open', {
      sent: true,
    }),
    signalResult.refuses('PRC-1/signal-result-null', 'The result of a signal is an object', null),
    terminateParams.accepts('PRC-1/terminate-params', 'A process is named', { processId: 'p' }),
    ...processIdVectors('PRC-1/terminate', terminateParams, { processId: 'p' }),
    terminateResult.accepts('PRC-1/terminate-result', 'There may have been nothing to end', {
      running: false,
    }),
    terminateResult.refuses(
      'PRC-1/terminate-result-empty',
      'The result of a terminate has running',
      {},
    ),
    terminateResult.refuses('PRC-1/terminate-result-text', 'running is true or false', {
      running: 'no',
    }),
  ],
};
