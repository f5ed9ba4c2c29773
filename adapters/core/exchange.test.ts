import { once } from 'node:events';
import t from 'tap';
import { silentLog } from '../../reference/bus/log.ts';
import { waitingClock } from '../../reference/client/waiting-clock.ts';
import { createDuplexPair } from '../../reference/embedded/duplex-pair.ts';
import type { Answer } from './answer.ts';
import type { BusLink } from './bus-link.ts';
import { createExchange } from './exchange.ts';

/** An exchange, and the bus's end of its connection. */
async function openExchange() {
  const [mine, bus] = createDuplexPair();
  const link: BusLink = {
    url: 'embedded:',
    maxFrameBytes: 1000,
    sessionIdField: 'sessionId',
    sessionIdleMs: 0,
    backpressureTimeoutMs: 1000,
    open: async () => mine,
    drain: async () => {},
    destroy: async () => {},
  };
  const exchange = createExchange({
    link,
    clock: waitingClock,
    log: silentLog,
    maxWaitingBytes: 1000,
    maxPending: 10,
    maxReceivedBytes: 1000,
  });
  await exchange.firstAttempt;
  return { exchange, bus };
}

t.test('a frame that was taken right before the end reaches the bus', async (t) => {
  const { exchange, bus } = await openExchange();
  let received = '';
  bus.on('data', (chunk: Buffer) => {
    received += chunk;
  });
  exchange.send(Buffer.from('first\n'));
  await once(bus, 'data');
  t.equal(exchange.send(Buffer.from('last\n')), undefined);
  exchange.close();
  t.equal(received, 'first\nlast\n');
});

t.test('an answer has the id of the caller, wherever it stands, and its own bytes', async (t) => {
  const { exchange, bus } = await openExchange();
  t.teardown(() => exchange.close());
  const ask = (callerIdJson: string, respond: (idJson: string) => string) =>
    new Promise<Answer>((resolve) => {
      const idJson = exchange.nextIdJson();
      exchange.request({ line: Buffer.from('{}\n'), idJson, callerIdJson }, resolve);
      bus.write(` ${respond(idJson)} \n`);
    });
  bus.resume();
  for (const [callerIdJson, id, result] of [
    ['"a longer id é"', 'first', '{"n": 1.0}'],
    ['1', 'first', '[]'],
    ['1', 'last', '"é"'],
    ['"a longer id é"', 'last', 'null'],
  ] as const) {
    const answer = await ask(callerIdJson, (idJson) =>
      id === 'first'
        ? `{"id":${idJson}, "result":${result} }`
        : `{"result":${result},"id":${idJson}}`,
    );
    t.equal(String(answer.failure === undefined && answer.result), result);
    const expected =
      id === 'first'
        ? `{"id":${callerIdJson}, "result":${result} }`
        : `{"result":${result},"id":${callerIdJson}}`;
    t.equal(String(answer.frame).trim(), expected);
  }
  const failed = await ask('"x"', (idJson) => `{"error":{"code":-1,"message":"é"},"id":${idJson}}`);
  t.match(failed.failure, { name: 'WORKER_ERROR', code: -1, message: 'é' });
});
