import { readFileSync } from 'node:fs';
import t from 'tap';
import { root } from '../../testing/run-cli.ts';
import { busFailure, type Failure } from './failure.ts';
import { retryPushbackMs, statusRows, transportStatus } from './transport-status.ts';

/** The rows of the table in spec/errors.md, as the code has them. */
function specRows() {
  const text = readFileSync(`${root}spec/errors.md`, 'utf8');
  const section = text.slice(text.indexOf('## Other transports'));
  const lines = section.split('\n').filter((line) => /^\| (?!Error)(?!-)/.test(line));
  return lines.map((line) => {
    const [, first = '', grpc = '', http, close] = line.split('|').map((cell) => cell.trim());
    const status = { grpc, http: Number(http), webSocketClose: Number(close) };
    const named = /^(?<name>[A-Z_]+)(?: with `delivered` (?<delivered>true|false))?$/.exec(first);
    const code = /^a worker's (?<code>-\d+)$/.exec(first)?.groups?.code;
    const { name, delivered } = named?.groups ?? {};
    const error = name ?? (code === undefined ? first : Number(code));
    return {
      error,
      ...(delivered === undefined ? {} : { delivered: delivered === 'true' }),
      ...status,
    };
  });
}

t.test('the specification and the code have the same table', async (t) => {
  const rows = specRows();
  t.same(rows.slice(0, -1), statusRows);
  const other: Failure = { ...worker(-32000) };
  t.same(rows.at(-1), { error: 'any other', ...transportStatus(other) });
});

t.test('a worker that uses a code of the bus is still a worker', async (t) => {
  t.equal(transportStatus(worker(-32050)).grpc, 'UNKNOWN');
  t.equal(transportStatus(worker(-32601)).grpc, 'UNIMPLEMENTED');
});

t.test('what `delivered` says decides where it matters', async (t) => {
  for (const [delivered, grpc, http] of [
    [true, 'UNKNOWN', 502],
    [false, 'UNAVAILABLE', 503],
  ] as const) {
    const failure = busFailure({ name: 'WORKER_LOST', message: '', delivered });
    t.match(transportStatus(failure), { grpc, http });
  }
});

t.test('only a drain pushes back, and forbids what may have been done', async (t) => {
  const draining = { name: 'DRAINING', message: '' } as const;
  t.equal(retryPushbackMs(busFailure({ ...draining, retryable: true })), 1000);
  t.equal(retryPushbackMs(busFailure({ ...draining, delivered: true })), -1);
  t.equal(retryPushbackMs(busFailure({ name: 'UNAVAILABLE', message: '' })), undefined);
});

function worker(code: number): Failure {
  return { name: 'WORKER_ERROR', code, message: '', retryable: false, delivered: true };
}
