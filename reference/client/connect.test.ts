import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { type Clock, systemClock } from '../bus/clock.ts';
import { createFrameConnection, type FrameConnection } from '../faults/frame-connection.ts';
import { kill, probeConfig } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';
import type { ClientState } from './client-settings.ts';
import { type BusClient, type ConnectOptions, connect } from './connect.ts';

const soon = { minDelayMs: 5, maxDelayMs: 20 };

/** Something that a client takes for a bus, and that does what the test does. */
interface Peer {
  readonly url: string;
  readonly sockets: Socket[];
  readonly server: Server;
  /** The connection of this number, from 0, when it is there. */
  connection(number: number): Promise<FrameConnection>;
}

async function startPeer(t: Test, port = 0): Promise<Peer> {
  const sockets: Socket[] = [];
  const connections: FrameConnection[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    connections.push(createFrameConnection(socket, socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port: chosen } = server.address() as { port: number };
  return {
    url: `tcp://127.0.0.1:${chosen}`,
    sockets,
    server,
    connection: (number) => until(`connection ${number}`, () => connections[number]),
  };
}

async function startClient(
  t: Test,
  url: string,
  options: ConnectOptions = { reconnect: soon },
): Promise<BusClient> {
  const client = await connect(url, options);
  t.teardown(() => client.destroy());
  return client;
}

/** Its timers begin only then: a bus that dies may still take connections for a moment. */
function clockFrom(start: Promise<void>): Clock {
  return {
    nowMs: systemClock.nowMs,
    after(delayMs, call) {
      let cancel = () => {};
      let isCancelled = false;
      void start.then(() => {
        if (!isCancelled) cancel = systemClock.after(delayMs, call);
      });
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };
}

t.test('an address that is none is refused in words', async (t) => {
  for (const url of ['', 'localhost:9000', 'tcp://', 'tcp://x:0', 'tcp://x:70000', 'unix:']) {
    await t.rejects(connect(url), RangeError, JSON.stringify(url));
  }
  await t.rejects(connect('tcp://[::1]:1', { sessionIdField: 'id' }), RangeError);
});

t.test('where nobody listens, the first connection fails at once', async (t) => {
  const { server, url } = await startPeer(t);
  server.close();
  await t.rejects(connect(url), {
    name: 'NOT_CONNECTED',
    retryable: true,
    delivered: false,
    cause: { code: 'ECONNREFUSED' },
  });
  await t.rejects(connect('unix:/no/such/socket'), { cause: { code: 'ENOENT' } });
});

t.test('a bus that is killed and comes back: nothing is sent twice, nothing hangs', async (t) => {
  const unix = { config: probeConfig(), transport: 'unix' } as const;
  const first = await startBus(t, unix);
  const path = first.address();
  const states: ClientState[] = [];
  let isGone = () => {};
  const gone = new Promise<void>((resolve) => {
    isGone = resolve;
  });
  const client = await startClient(t, `unix:${path}`, {
    reconnect: soon,
    clock: clockFrom(gone),
    onState: (state) => void states.push(state),
  });
  await client.hello({ protocolVersion: '1', extensions: { 'session-lost': {} } });
  const sessionId = 's';
  const losses = client.notifications({ method: 'stdio_bus/session_lost' });
  await client.request('mark', { n: 1 }, { sessionId });
  const inFlight = client.request('never', {}, { sessionId });
  const failing = t.rejects(inFlight, {
    name: 'CONNECTION_LOST',
    source: 'client',
    delivered: true,
    retryable: false,
  });
  await until('it is pending', async () => (await client.stats()).pending === 1);
  await kill(first.pid);
  isGone();
  await failing;
  t.equal(client.state, 'connecting');
  const waiting = [2, 3, 4].map((n) => client.request('mark', { n }, { sessionId }));
  const note = client.notify('mark', { n: 5 }, { sessionId });

  const args = (folder: string) => ['--config', join(folder, 'config.json'), '--unix', path];
  await startBus(t, { ...unix, args });
  await Promise.all([...waiting, note]);
  t.match(await client.request('marks', {}, { sessionId }), { marks: [2, 3, 4, 5] });
  t.same(states, ['connected', 'connecting', 'connected']);

  const { pid } = await client.request<{ pid: number }>('echo', {}, { sessionId });
  await kill(pid);
  t.match(await losses.next(), { value: { sessionId } }, 'the hello was said again');
});

t.test('a drained bus answers what is pending before it ends the connection', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  const client = await startClient(t, `tcp://${bus.address()}`, { reconnect: false });
  const later = client.request('later', { ms: 100 });
  await until('it is pending', async () => (await client.stats()).pending === 1);
  bus.signal('SIGTERM');
  t.ok(await later);
  await until('the client is closed', () => client.state === 'closed');
  await t.rejects(client.request('echo'), { name: 'CLOSED', delivered: false });
});

t.test('requests that may not wait fail while there is no connection', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url, {
    reconnect: { minDelayMs: 60_000, maxDelayMs: 60_000 },
    whileDisconnected: 'fail',
  });
  (await peer.connection(0)).destroy();
  await until('the cut is seen', () => client.state === 'connecting');
  const error = { name: 'NOT_CONNECTED', retryable: true, delivered: false };
  await t.rejects(client.request('echo'), error);
  await t.rejects(client.notify('echo'), error);
});

t.test('what waits for a connection is bounded, can be given up, and keeps order', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url, { reconnect: soon, maxWaitingBytes: 110 });
  const { port } = new URL(peer.url);
  peer.server.close();
  (await peer.connection(0)).destroy();
  await until('the cut is seen', () => client.state === 'connecting');
  const controller = new AbortController();
  const aborted = client.request('a', {}, { signal: controller.signal });
  const late = client.request('b', {}, { timeoutMs: 20 });
  await t.rejects(client.request('c'), { name: 'QUEUE_FULL', delivered: false });
  controller.abort();
  await t.rejects(aborted, { name: 'ABORTED', delivered: false });
  await t.rejects(late, { name: 'TIMEOUT', delivered: false, retryable: true });
  const kept = [client.notify('d'), client.notify('e')];
  const next = await startPeer(t, Number(port));
  await Promise.all(kept);
  const connection = await next.connection(0);
  t.match(await connection.take(), { method: 'd' }, 'what was given up is never sent');
  t.match(await connection.take(), { method: 'e' });
});

t.test('a cut in the middle of much: each frame goes to one connection or is lost', async (t) => {
  const peer = await startPeer(t);
  const big = 'x'.repeat(300_000);
  const states: ClientState[] = [];
  const client = await startClient(t, peer.url, {
    reconnect: soon,
    onRequest: () => big,
    onState: (state) => void states.push(state),
  });
  const first = await peer.connection(0);
  first.pause();
  const sent = Array.from({ length: 40 }, (_, n) =>
    client.request<string>('n', { n, big }).then(
      () => 'answered',
      (error) => `${error.name} ${error.delivered}`,
    ),
  );
  // Its answer waits as well, and is for this connection only.
  first.send({ id: 'q', method: 'question' });
  first.send({ id: 1, result: null });
  t.equal(await sent[0], 'answered', 'the question was read too');
  const closing = client.close();
  first.destroy();
  const second = await peer.connection(1);
  const fates = ['answered'];
  for (const fate of sent.slice(1)) {
    const taken = second.take();
    const what = await Promise.race([fate, taken]);
    if (typeof what === 'string') {
      fates.push(what);
      second.queued.unshift(await taken);
      continue;
    }
    t.equal(what.method, 'n', 'and no answer for the other connection');
    t.equal(what.params?.n, fates.length, 'in order');
    second.send({ id: what.id, result: null });
    fates.push(await fate);
  }
  const lost = fates.filter((fate) => fate === 'CONNECTION_LOST true').length;
  t.ok(lost > 0 && lost < 39, `${lost} were lost`);
  t.same(fates, [
    'answered',
    ...Array(lost).fill('CONNECTION_LOST true'),
    ...Array(39 - lost).fill('answered'),
  ]);
  await second.ended();
  t.same(second.queued, [], 'and no answer after the last either');
  second.end();
  await closing;
  t.same(states, ['connected', 'connecting', 'connected', 'closed']);
});

t.test('a connection that lasted takes the attempts off the count', async (t) => {
  const peer = await startPeer(t);
  const delays: number[] = [];
  let nowMs = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    after(delayMs, call) {
      if (delayMs === 9999) return () => {};
      delays.push(delayMs);
      setImmediate(call);
      return () => {};
    },
  };
  const reconnect = { minDelayMs: 100, maxDelayMs: 1000 };
  const options = { reconnect, connectTimeoutMs: 9999, clock, random: () => 1 };
  await startClient(t, peer.url, options);
  for (const [number, openMs] of [10, 10, 1000, 10].entries()) {
    const connection = await peer.connection(number);
    nowMs += openMs;
    connection.destroy();
  }
  await peer.connection(4);
  t.same(delays, [100, 200, 100, 200]);
});

t.test('attempts follow the policy, by the clock and the chance that are given', async (t) => {
  const peer = await startPeer(t);
  const delays: number[] = [];
  const clock: Clock = {
    nowMs: () => 0,
    after(delayMs, call) {
      if (delayMs === 9999) return () => {};
      delays.push(delayMs);
      const immediate = setImmediate(call);
      return () => clearImmediate(immediate);
    },
  };
  const causes: unknown[] = [];
  const waiting: Promise<unknown>[] = [];
  const client = await startClient(t, peer.url, {
    reconnect: { minDelayMs: 100, maxDelayMs: 1000, maxAttempts: 6 },
    connectTimeoutMs: 9999,
    clock,
    random: () => 0.5,
    onState(state, cause) {
      const error = { name: 'CLOSED', delivered: false };
      if (state === 'connecting') waiting.push(t.rejects(client.request('echo'), error));
      if (state === 'closed') causes.push(cause);
    },
  });
  peer.server.close();
  (await peer.connection(0)).destroy();
  await until('it gives up', () => client.state === 'closed');
  t.equal(waiting.length, 1);
  await Promise.all(waiting);
  t.same(delays, [75, 150, 300, 600, 750, 750]);
  t.match(causes, [{ name: 'NOT_CONNECTED' }]);
});

t.test('a bus that does not read makes requests wait, and gets them all in order', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  connection.pause();
  const text = 'x'.repeat(100_000);
  const count = 140;
  const notified = Array.from({ length: count }, (_, n) => client.notify('n', { n, text }));
  let written = 0;
  for (const each of notified) each.then(() => written++);
  await new Promise((resolve) => setImmediate(resolve));
  t.ok(written < 100, `${written} of ${count} were taken by the socket`);
  connection.resume();
  await Promise.all(notified);
  for (let n = 0; n < count; n++) t.match(await connection.take(), { params: { n } });
});

t.test('answers are taken however they are cut, and what is no frame costs nothing', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const answer = client.request<string>('x');
  const connection = await peer.connection(0);
  const { id } = await connection.take();
  const lines = [
    '\n  \r\nno frame\n[1]\nnull\n{"method":7}\n{"id":[],"result":1}\n{"id":"1","result":2}\n',
    `{"id":${id},"result":"ü😀"}\n{"id":${id},"result":"again"}\n`,
  ];
  for (const byte of Buffer.from(lines.join(''))) connection.write(Buffer.of(byte));
  t.equal(await answer, 'ü😀');
  const next = client.request('y');
  const { id: nextId } = await connection.take();
  t.not(nextId, id, 'an id is never used again');
  connection.send({ id: nextId, result: null });
  t.equal(await next, null);
});

t.test('half an answer, and then the end, is none', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const lost = t.rejects(client.request('x'), { name: 'CONNECTION_LOST' });
  const connection = await peer.connection(0);
  const { id } = await connection.take();
  connection.write(`{"id":${id},"result":1}`);
  connection.end();
  await lost;
  t.ok(await peer.connection(1), 'and it connects again');
});

t.test('a late answer goes to nobody, on a new connection either', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const lost = t.rejects(client.request('x'));
  const first = await peer.connection(0);
  const { id } = await first.take();
  first.destroy();
  await lost;
  const next = client.request('y');
  const second = await peer.connection(1);
  const { id: nextId } = await second.take();
  second.send({ id, result: 'late' }, { id: nextId, result: 'right' });
  t.equal(await next, 'right');
});

t.test(
  'a worker request is answered in its own spelling, and only where it was asked',
  async (t) => {
    const peer = await startPeer(t);
    const answers: (() => void)[] = [];
    const signals: AbortSignal[] = [];
    const client = await startClient(t, peer.url, {
      reconnect: soon,
      onRequest: ({ signal, params }) => {
        signals.push(signal);
        return params === 'wait' ? new Promise<void>((resolve) => answers.push(resolve)) : 'now';
      },
    });
    const first = await peer.connection(0);
    for (const id of ['1.0', '9007199254740993', '"\\u00e9"', '1e3', '0']) {
      first.send(`{"id":${id},"method":"q","sessionId":"\\u00e9"}`);
      t.equal(
        (await first.take()).text,
        `{"jsonrpc":"2.0","id":${id},"sessionId":"é","result":"now"}`,
      );
    }
    first.send({ id: 0, method: 'q', params: 'wait' });
    await until('it is asked', () => answers.length > 0);
    first.destroy();
    const second = await peer.connection(1);
    t.equal(signals.at(-1)?.aborted, true);
    answers[0]?.();
    const next = client.request('x');
    t.match(await second.take(), { method: 'x' }, 'the late answer was not sent here');
    second.send({ id: 6, result: 0 });
    next.catch(() => {});
  },
);

t.test('when its session has lost its worker, a question is answered once, at once', async (t) => {
  const peer = await startPeer(t);
  let answer = (_: string) => {};
  const onRequest = () => new Promise((resolve) => (answer = resolve));
  const client = await startClient(t, peer.url, { onRequest });
  const connection = await peer.connection(0);
  connection.send({ id: 0, method: 'q', sessionId: 's' });
  const params = { sessionId: 's', pool: 'p', reason: 'exit' };
  connection.send({ method: 'stdio_bus/session_lost', sessionId: 's', params });
  t.match(await connection.take(), { id: 0, sessionId: 's', error: { code: -32603 } });
  answer('too late');
  client.request('x').catch(() => {});
  t.match(await connection.take(), { method: 'x' });
});

t.test('a bus that finds a frame too long fails the request that it was', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  const small = client.request('small');
  const big = client.request('big', { text: 'x'.repeat(5000) });
  await connection.take();
  await connection.take();
  const data = { source: 'bus', name: 'FRAME_TOO_LARGE', retryable: false, delivered: false };
  connection.send({ id: null, error: { code: -32055, message: 'too long', data } });
  await t.rejects(big, { name: 'FRAME_TOO_LARGE', source: 'bus', delivered: false });
  const medium = client.request<string>('medium', { text: 'x'.repeat(5500) });
  await client.notify('bigger', { text: 'x'.repeat(6000) });
  connection.send({ id: null, error: { code: -32055, message: 'too long', data } });
  connection.send({ id: 1, result: 'fine' }, { id: 3, result: 'fine too' });
  t.equal(await medium, 'fine too');
  t.equal(await small, 'fine', 'it may have been the notification: nobody is blamed');
});

t.test('nobody is blamed for a frame that is too long and was given up', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  const big = client.request('big', { text: 'x'.repeat(5000) }, { timeoutMs: 20 });
  const small = client.request('small');
  await t.rejects(big, { name: 'TIMEOUT', delivered: true });
  const data = { source: 'bus', name: 'FRAME_TOO_LARGE', retryable: false, delivered: false };
  connection.send({ id: null, error: { code: -32055, message: 'too long', data } });
  connection.send({ id: 2, result: 'fine' });
  t.equal(await small, 'fine');
});

t.test('a response that is too long for this side fails its request, and no other', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url, { maxReceivedBytes: 1000 });
  const [long, short] = [client.request('a'), client.request('b')];
  const failing = t.rejects(long, { name: 'FRAME_TOO_LARGE', source: 'client', delivered: true });
  const connection = await peer.connection(0);
  connection.send({ id: 1, result: 'x'.repeat(1000) }, { id: 2, result: 'short' });
  await failing;
  t.equal(await short, 'short');
});

t.test('close waits for what is pending, and takes nothing new', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const connection = await peer.connection(0);
  const answer = client.request('x');
  const closing = client.close();
  t.equal(client.close() instanceof Promise, true);
  await t.rejects(client.request('y'), { name: 'CLOSED' });
  await t.rejects(client.notify('y'), { name: 'CLOSED' });
  const { id } = await connection.take();
  connection.send({ id, result: 'in time' });
  t.equal(await answer, 'in time');
  await connection.ended();
  connection.end();
  await closing;
  t.equal(client.state, 'closed');
});

t.test('close gives up after its timeout', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const failing = t.rejects(client.request('x'), { name: 'CLOSED', delivered: true });
  await (await peer.connection(0)).take();
  await client.close({ timeoutMs: 30 });
  await failing;
});

t.test('close waits for what waits for a connection too', async (t) => {
  const peer = await startPeer(t);
  const closing: Promise<void>[] = [];
  const client = await startClient(t, peer.url, {
    reconnect: soon,
    onState(state) {
      if (state === 'connecting') closing.push(client.notify('last words'), client.close());
    },
  });
  (await peer.connection(0)).destroy();
  const next = await peer.connection(1);
  t.match(await next.take(), { method: 'last words' });
  next.end();
  await Promise.all(closing);
  t.equal(closing.length, 2);
});

t.test('close without a connection and without anything to send ends at once', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url, { reconnect: { minDelayMs: 60_000 } });
  (await peer.connection(0)).destroy();
  await until('the cut is seen', () => client.state === 'connecting');
  await client.close();
  await client.close();
  t.equal(client.state, 'closed');
});

t.test('await using closes, and the notifications end', async (t) => {
  const bus = await startBus(t, { config: probeConfig() });
  let notes: AsyncIterator<unknown> | undefined;
  let answer: Promise<unknown> | undefined;
  {
    await using client = await connect(`tcp://${bus.address()}`);
    notes = client.notifications();
    answer = client.request('later', { ms: 50 });
  }
  t.ok(await answer);
  t.match(await notes.next(), { done: true });
});

t.test('destroy fails everything at once, and says what may have been delivered', async (t) => {
  const peer = await startPeer(t);
  const client = await startClient(t, peer.url);
  const written = t.rejects(client.request('x'), { name: 'CLOSED', delivered: true });
  await (await peer.connection(0)).take();
  client.destroy();
  await written;
  client.destroy();
  await t.rejects(client.request('x'), { name: 'CLOSED', delivered: false });
});
