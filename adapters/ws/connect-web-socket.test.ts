import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { type WebSocket, WebSocketServer } from 'ws';
import { within } from '../../reference/faults/frame-connection.ts';
import { probeConfig } from '../../reference/faults/probe-pool.ts';
import { startAdapter } from './adapter-under-test.ts';
import {
  type ConnectWebSocketOptions,
  connectWebSocket,
  type WebSocketClient,
} from './connect-web-socket.ts';

async function connected(t: Test, url: string, options: ConnectWebSocketOptions = {}) {
  const client = await connectWebSocket(url, options);
  t.teardown(() => client.destroy());
  return client;
}

t.test('a client asks, hears and answers as over TCP', async (t) => {
  const { url } = await startAdapter(t, { bus: probeConfig([{ instances: 2 }]) });
  const client = await connected(t, url, { onRequest: ({ method }) => ({ answered: method }) });
  const heard = client.notifications({ sessionId: 's' });
  const [a, b] = await Promise.all(
    ['s', 's'].map((sessionId) => client.request<{ pid: number }>('echo', {}, { sessionId })),
  );
  t.equal(a?.pid, b?.pid);
  await client.request('notify', { count: 2 }, { sessionId: 's' });
  t.match((await heard.next()).value, { method: 'note', sessionId: 's', params: { n: 0 } });
  const asked = await client.request('ask', { id: 0 }, { sessionId: 's' });
  t.match(asked, { reply: { result: { answered: 'question' } } });
  await t.rejects(client.request('echo', {}, { pool: 'none' }), { name: 'UNKNOWN_POOL' });
  t.match(await client.stats(), { workers: [{}, {}] });
  await client.close();
  t.equal(client.state, 'closed');
});

t.test('many large frames go both ways, in order', async (t) => {
  const { url } = await startAdapter(t);
  const client = await connected(t, url);
  const text = 'é'.repeat(200_000);
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => client.request<{ params: object }>('echo', { n, text })),
  );
  t.ok(answers.every(({ params }, n) => JSON.stringify(params) === JSON.stringify({ n, text })));
});

t.test('where nobody listens, or a token is refused, it says so in words', async (t) => {
  await t.rejects(connectWebSocket('http://127.0.0.1:1'), RangeError);
  await t.rejects(connectWebSocket('ws://127.0.0.1:1'), {
    name: 'NOT_CONNECTED',
    message: /cannot connect to ws:\/\/127\.0\.0\.1:1: ECONNREFUSED/,
  });
  const { url } = await startAdapter(t);
  await t.rejects(connectWebSocket(`${url}/nothing`), { message: /HTTP 404/ });
});

t.test('a connection that was cut is made again, and the session goes on', async (t) => {
  const adapter = await startAdapter(t);
  const { host, port } = new URL(adapter.url.replace('ws:', 'http:'));
  const sockets = new Set<Socket>();
  const { connect } = await import('node:net');
  const proxy = createServer((near) => {
    const far = connect({ host: host.split(':')[0] as string, port: Number(port) });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => [near, far].map((each) => each.destroy()));
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  t.teardown(() => proxy.close());
  await once(proxy, 'listening');
  const { port: proxyPort } = proxy.address() as { port: number };
  const states: string[] = [];
  const client = await connected(t, `ws://127.0.0.1:${proxyPort}`, {
    reconnect: { minDelayMs: 10 },
    onState: (state) => states.push(state),
  });
  const before = await client.request<{ pid: number }>('echo', {}, { sessionId: 's' });
  const lost = client.request('never', {}, { sessionId: 's' });
  await client.request('echo', {}, { sessionId: 's' });
  for (const socket of sockets) socket.destroy();
  await t.rejects(lost, { name: 'CONNECTION_LOST', delivered: true });
  const again = await client.request<{ pid: number }>('echo', {}, { sessionId: 's' });
  t.equal(again.pid, before.pid);
  t.same(states, ['connected', 'connecting', 'connected']);
});

/** An executor: as much of one as the handshake is. */
async function startExecutor(t: Test, answer: (params: Params) => object | undefined) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  t.teardown(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const seen: string[] = [];
  const sockets: WebSocket[] = [];
  server.on('connection', (webSocket) => {
    sockets.push(webSocket);
    webSocket.on('message', (data) => {
      const text = String(data);
      seen.push(text);
      const { id, method, params } = JSON.parse(text);
      const own = method === 'initialize' ? answer(params) : undefined;
      if (own !== undefined) webSocket.send(JSON.stringify({ id, ...own }));
      else if (method === 'initialize') return;
      else if (id !== undefined) webSocket.send(JSON.stringify({ id, result: { method } }));
    });
  });
  const { port } = server.address() as { port: number };
  return { url: `ws://127.0.0.1:${port}`, seen, sockets };
}

/** Cuts the first connection; resolves when the next one is there. */
async function cut(client: WebSocketClient, { sockets }: { sockets: WebSocket[] }): Promise<void> {
  const again = new Promise<void>((resolve) => void client.onReconnect(resolve));
  sockets[0]?.terminate();
  await within(again, 'the next connection', 10_000);
}

interface Params {
  readonly clientName?: string;
  readonly clientInfo?: { readonly name: string };
  readonly resumeSessionId?: string;
}

t.test(
  'codex: initialize, initialized, no jsonrpc; and a cut session is taken up again',
  async (t) => {
    const executor = await startExecutor(t, ({ resumeSessionId }) => ({
      result: { sessionId: resumeSessionId ?? 'executor-1' },
    }));
    const sessions: unknown[] = [];
    const client = await connected(t, executor.url, {
      dialect: 'codex',
      clientInfo: { name: 'tester' },
      reconnect: { minDelayMs: 10 },
      onSession: ({ sessionId, isResumed }) => sessions.push([sessionId, isResumed]),
    });
    t.same(await client.request('process/start', { processId: 'p' }), { method: 'process/start' });
    const [initialize, initialized, start] = executor.seen.map((text) => JSON.parse(text));
    t.match(initialize, {
      id: 0,
      method: 'initialize',
      params: { clientName: 'tester', clientInfo: { name: 'tester' } },
    });
    t.same(initialized, { method: 'initialized' });
    t.match(start, { id: 1, method: 'process/start' });
    t.notMatch(executor.seen.join(), /jsonrpc/);
    t.equal(client.executorSessionId, 'executor-1');
    await cut(client, executor);
    t.same(await client.request('process/read', {}), { method: 'process/read' });
    t.same(sessions, [
      ['executor-1', false],
      ['executor-1', true],
    ]);
    t.match(JSON.parse(executor.seen[3] ?? ''), { params: { resumeSessionId: 'executor-1' } });
  },
);

t.test('codex: a session that cannot be taken up again is said to be new', async (t) => {
  let count = 0;
  const executor = await startExecutor(t, ({ resumeSessionId }) => {
    count += 1;
    return resumeSessionId === undefined
      ? { result: { sessionId: `executor-${count}` } }
      : { error: { code: -32600, message: 'no such session' } };
  });
  const sessions: unknown[] = [];
  const client = await connected(t, executor.url, {
    dialect: 'codex',
    reconnect: { minDelayMs: 10 },
    onSession: ({ sessionId, isResumed }) => sessions.push([sessionId, isResumed]),
  });
  await cut(client, executor);
  await client.request('process/read', {});
  t.same(sessions, [
    ['executor-1', false],
    ['executor-3', false],
  ]);
});

t.test('codex: a handshake that is refused or not answered is no connection', async (t) => {
  const refusing = await startExecutor(t, () => ({ error: { code: -32600, message: 'go away' } }));
  await t.rejects(connectWebSocket(refusing.url, { dialect: 'codex' }), {
    name: 'NOT_CONNECTED',
    message: /go away/,
  });
  const silent = await startExecutor(t, () => undefined);
  await t.rejects(connectWebSocket(silent.url, { dialect: 'codex', connectTimeoutMs: 200 }), {
    name: 'NOT_CONNECTED',
    message: /no answer within 200 ms/,
  });
});
