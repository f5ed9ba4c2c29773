import t from 'tap';
import { BusRequestError, clientError, requestErrorFromResponse } from './bus-request-error.ts';

const busData = (name: string, retryable: boolean, delivered: boolean) => ({
  source: 'bus',
  name,
  retryable,
  delivered,
});

t.test('an error response becomes an error of whoever made it', async (t) => {
  const table: [error: unknown, expected: object][] = [
    [
      { code: -32050, message: 'gone', data: busData('WORKER_LOST', false, true) },
      { source: 'bus', name: 'WORKER_LOST', code: -32050, retryable: false, delivered: true },
    ],
    [
      { code: -32059, message: 'new', data: busData('SOMETHING_NEW', true, false) },
      { source: 'bus', name: 'UNKNOWN_BUS_ERROR', code: -32059, retryable: true, delivered: false },
    ],
    [
      { code: -32601, message: 'no such method' },
      { source: 'worker', name: 'WORKER_ERROR', code: -32601, retryable: false, delivered: true },
    ],
    [
      { code: -32001, message: 'overloaded', data: { queue: 7 } },
      { source: 'worker', retryable: true, delivered: true, data: { queue: 7 } },
    ],
    [
      { code: -32050, message: 'a bus without bus-errors, or a worker out of line' },
      { source: 'worker', name: 'WORKER_ERROR', code: -32050 },
    ],
    ['text', { source: 'worker', code: -32603, data: 'text' }],
    [null, { source: 'worker', code: -32603, message: 'an error without a message' }],
    [
      { code: '1', message: 2 },
      { source: 'worker', code: -32603 },
    ],
  ];
  for (const [error, expected] of table) {
    const made = requestErrorFromResponse(error);
    t.ok(made instanceof BusRequestError);
    t.match(made, expected, JSON.stringify(error));
  }
});

t.test('a failure of this side is retryable only where nothing was sent', async (t) => {
  t.match(clientError('TIMEOUT', 'x', { delivered: true }), { retryable: false, delivered: true });
  t.match(clientError('NOT_CONNECTED', 'x'), { retryable: true, delivered: false });
  t.match(clientError('CLOSED', 'x'), { retryable: false, delivered: false }, 'closed for good');
  const cause = new Error('ECONNREFUSED');
  t.equal(clientError('NOT_CONNECTED', 'x', { cause }).cause, cause);
  t.match(String(clientError('TIMEOUT', 'no answer')), 'TIMEOUT: no answer');
});
