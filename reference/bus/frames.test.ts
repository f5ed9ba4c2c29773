import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import t from 'tap';
import type { BusErrorName } from '../../schemas/generated/error.ts';
import {
  validateBusErrorResponse,
  validateBusToClient,
} from '../../schemas/generated/hop.validate.ts';
import { createEnvelopeScanner } from '../envelope-scanner.ts';
import { answerError, answerLine, failPending, utf8Text } from './answers.ts';
import { busErrorCodes, errorLine } from './bus-error.ts';
import { ByteArena } from './byte-arena.ts';
import type { Connection } from './connection.ts';
import { Correlator } from './correlator.ts';
import { Counters } from './counters.ts';
import { FlushList } from './flush-list.ts';
import { silentLog } from './log.ts';
import { OutputQueue } from './output-queue.ts';
import type { Switchboard } from './switchboard.ts';
import type { Worker } from './worker.ts';

const names = Object.keys(busErrorCodes) as BusErrorName[];

/** Ids in their own spelling, as clients write them. */
const spellings = [
  '1',
  '1.0',
  '1e3',
  '-0',
  '9007199254740993',
  '""',
  '"1"',
  '"\u00e9"',
  '"\\u00e9"',
];
spellings.push('"\u{1f600}"', '"\\"\\\\"', '"\\ud800"', '"\u2028"');

t.test('an error is a valid response of the bus, whatever its name', async (t) => {
  for (const name of names) {
    for (const idJson of ['null', ...spellings]) {
      const line = errorLine(idJson, { name, message: 'm' });
      t.equal(line.indexOf('\n'), line.length - 1, 'one line');
      const frame = JSON.parse(line);
      t.ok(validateBusErrorResponse(frame), `${name} ${encodeURI(idJson)}`);
      t.ok(validateBusToClient(frame), `${name} ${encodeURI(idJson)}`);
      t.match(frame.error, { code: busErrorCodes[name], message: 'm' });
      t.same(frame.error.data, { source: 'bus', name, retryable: false, delivered: false });
      t.ok(line.includes(`"id":${idJson},`), 'in its own spelling');
    }
  }
});

t.test('an error says what may be done, and more where there is more', async (t) => {
  const line = errorLine('1', {
    name: 'INVALID_PARAMS',
    message: 'm',
    retryable: true,
    delivered: true,
    details: { supportedVersions: ['1'] },
  });
  const { error } = JSON.parse(line);
  t.match(error.data, { retryable: true, delivered: true, supportedVersions: ['1'] });
});

t.test('no message breaks the line of an error', async () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary' }), (name, message) => {
      const line = errorLine('1', { name, message });
      assert.equal(line.indexOf('\n'), line.length - 1);
      assert.ok(validateBusErrorResponse(JSON.parse(Buffer.from(line).toString())));
    }),
  );
});

/** A client's connection with a real queue, and what it was given. */
function createClient() {
  const sink = new PassThrough();
  const flushList = new FlushList();
  const options = { arena: new ByteArena(), flushList, sink, maxBytes: 1000 };
  const output = new OutputQueue({ ...options, onFull() {}, onEmpty() {} });
  const client = { isOpen: true, pending: new Map(), output, takesFrame: () => client.isOpen };
  const given = async (): Promise<string> => {
    flushList.flush();
    while (output.queuedBytes > 0) await new Promise((resolve) => setImmediate(resolve));
    return (sink.read() as Buffer | null)?.toString() ?? '';
  };
  const board = { counters: new Counters(), correlator: new Correlator(0), log: silentLog };
  return {
    client,
    connection: client as unknown as Connection,
    board: board as unknown as Switchboard,
    given,
  };
}

t.test('an id survives in every error that answers it, in its own spelling', async (t) => {
  const scanner = createEnvelopeScanner();
  const worker = { pending: new Map(), nextId: 1, output: { stagedBytes: 0 } } as unknown as Worker;
  for (const spelling of spellings) {
    const { board, connection, given } = createClient();
    const line = Buffer.from(`{"id":${spelling},"method":"m"}`);
    scanner.scan(line, 0, line.length);
    answerError(board, connection, scanner.idJson(), { name: 'DRAINING', message: 'm' });
    t.ok((await given()).includes(`"id":${spelling},`), `refused: ${encodeURI(spelling)}`);

    const idJson = line.toString('latin1', scanner.idStart, scanner.idEnd);
    t.equal(utf8Text(idJson), spelling);
    const pending = board.correlator.open(connection, idJson, worker, undefined, 0);
    failPending(board, pending, { name: 'WORKER_LOST', message: 'm' });
    t.ok((await given()).includes(`"id":${spelling},`), `lost: ${encodeURI(spelling)}`);
    t.equal(board.correlator.size, 0, 'it is answered');
  }
});

t.test('what a client is given is counted in frames, bytes and names', async (t) => {
  const { board, connection, given } = createClient();
  answerError(board, connection, '"\u00e9"', { name: 'DRAINING', message: 'm' });
  answerError(board, connection, '2', { name: 'DRAINING', message: 'm' });
  answerLine(board, connection, '{}\n');
  const bytes = Buffer.byteLength(await given());
  t.match(board.counters, { messagesOut: 3, bytesOut: bytes });
  t.same([...board.counters.errors], [['DRAINING', 2]]);
});

t.test('a client that takes nothing more is given nothing', async (t) => {
  const { board, client, connection, given } = createClient();
  client.isOpen = false;
  answerLine(board, connection, '{}\n');
  t.equal(await given(), '');
  t.match(board.counters, { messagesOut: 0, bytesOut: 0 });
});
