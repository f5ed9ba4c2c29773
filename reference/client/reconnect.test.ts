import { join } from 'node:path';
import t from 'tap';
import { startBus } from '../../testing/bus-process.ts';
import { type Clock, systemClock } from '../bus/clock.ts';
import { kill, probeConfig } from '../faults/probe-pool.ts';
import { until } from '../faults/process-table.ts';
import type { ClientState } from './client-settings.ts';
import { soon, startClient, startPeer } from './frame-peer.ts';

/**
 * Its timers begin only then. The system closes the sockets of a killed process one after another, and
 * its other threads may hold them when it is a zombie already: until then its listener takes
 * connections, and what is written to one of these is lost with CONNECTION_LOST, as it should be.
 */
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

t.test('a bus that is killed and comes back: nothing is sent twice, nothing hangs', async (t) => {
  const unix = { config: probeConfig(), transport: 'unix' } as const;
  const first = await startBus(t, unix);
  const path = first.address();
  const states: ClientState[] = [];
  let isBack = () => {};
  // Nothing is tried before: whatever listens at the path until then is none of this test.
  const back = new Promise<void>((resolve) => {
    isBack = resolve;
  });
  const client = await startClient(t, `unix:${path}`, {
    reconnect: soon,
    clock: clockFrom(back),
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
  await failing;
  t.equal(client.state, 'connecting');
  const waiting = [2, 3, 4].map((n) => client.request('mark', { n }, { sessionId }));
  const note = client.notify('mark', { n: 5 }, { sessionId });
  const allTaken = t.resolves(Promise.all([...waiting, note]));

  const args = (folder: string) => ['--config', join(folder, 'config.json'), '--unix', path];
  await startBus(t, { ...unix, args });
  isBack();
  await allTaken;
  t.match(await client.request('marks', {}, { sessionId }), { marks: [2, 3, 4, 5] });
  t.same(states, ['connected', 'connecting', 'connected']);

  const { pid } = await client.request<{ pid: number }>('echo', {}, { sessionId });
  await kill(pid);
  t.match(await losses.next(), { value: { sessionId } }, 'the hello was said again');
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
