import { type BusScenario, sockets } from '../../bus-scenario.ts';
import {
  busErrorIs,
  type ErrorPlace,
  type ExpectedError,
  undeliveredStaysSo,
} from '../../judges/bus-errors.ts';
import type { Scene } from '../../scene/scene.ts';
import { bind } from './bound-sessions.ts';
import { hello } from './hello.ts';

const method = 'probe/hold-error';
const ofRequest: ErrorPlace = { method };

interface Provoked extends Pick<BusScenario, 'config' | 'transports'> {
  readonly name: string;
  readonly when: string;
  readonly place?: ErrorPlace;
  readonly error: ExpectedError;
  provoke(scene: Scene): Promise<void>;
}

const workerLost = { code: -32050, name: 'WORKER_LOST' } as const;
const unavailable = { code: -32051, name: 'UNAVAILABLE' } as const;
const draining = { code: -32052, name: 'DRAINING' } as const;
const tooLarge = { code: -32055, name: 'FRAME_TOO_LARGE' } as const;
const seen = { retryable: false, delivered: true } as const;
const unseen = { retryable: false, delivered: false } as const;
const again = { retryable: true, delivered: false } as const;

const provocations: readonly Provoked[] = [
  {
    name: 'parse-error',
    when: 'a line is not JSON',
    place: 'without id',
    error: { code: -32700, name: 'PARSE_ERROR', ...unseen },
    async provoke(scene) {
      const client = await scene.connect();
      client.send('{');
      await client.refusal();
    },
  },
  {
    name: 'invalid-request',
    when: 'a line is no frame, or its id is taken',
    error: { code: -32600, name: 'INVALID_REQUEST', ...unseen },
    async provoke(scene) {
      const client = await scene.connect();
      const first = client.request('probe/hold-first', { id: 'taken' });
      const { probe, frame } = await scene.arrival(first.mark);
      client.send({ jsonrpc: '2.0', id: 'taken', method });
      client.send({ jsonrpc: '2.0', id: 'none' });
      client.send('7');
      await client.refusal();
      await probe.reply(frame);
      await scene.until(
        'both answers',
        () => client.received.filter(({ idJson }) => idJson === '"taken"').length === 2,
      );
    },
  },
  {
    name: 'worker-lost',
    when: 'the worker of a request ends before it answers',
    error: { ...workerLost, ...seen },
    async provoke(scene) {
      const client = await scene.connect();
      const call = client.request(method, { sessionId: 's1' });
      const { probe } = await scene.arrival(call.mark);
      await scene.kill(probe);
      await call.response();
    },
  },
  {
    name: 'worker-lost-bad-response',
    when: 'a response of a worker is no valid frame',
    error: { ...workerLost, ...seen },
    async provoke(scene) {
      const client = await scene.connect();
      const call = client.request(method, { sessionId: 's1' });
      const { probe, frame } = await scene.arrival(call.mark);
      probe.abandon(frame);
      await probe.write(`{"jsonrpc":"2.0","id":${frame.idJson},"result":1,"error":{}}\n`);
      await call.response();
    },
  },
  {
    name: 'unavailable-for-good',
    when: 'all slots of the pool have failed',
    error: { ...unavailable, ...unseen },
    config: { limits: { max_restarts: 0 } },
    async provoke(scene) {
      const client = await scene.connect();
      const call = client.request('probe/hold-first', { sessionId: 's1' });
      const { probe } = await scene.arrival(call.mark);
      await scene.kill(probe);
      await call.response();
      await client.request(method, { sessionId: 's1' }).response();
      await client.request(method).response();
    },
  },
  {
    name: 'unavailable-to-a-worker',
    when: 'a worker asks a session that has no owner',
    place: 'to a worker',
    error: { ...unavailable, ...again },
    transports: sockets,
    async provoke(scene) {
      const client = await scene.connect();
      const probe = await scene.worker();
      await probe.ask(0, 'probe/may-i', { sessionId: 'nobodys' });
      await scene.until('the answer to the worker', () =>
        probe.received.some(({ isError }) => isError),
      );
      await client.echo();
    },
  },
  {
    name: 'draining',
    when: 'a request comes after a drain has begun',
    error: { ...draining, ...again },
    async provoke(scene) {
      const client = await scene.connect();
      const pending = client.request('probe/hold-first', { sessionId: 's1' });
      const { probe, frame } = await scene.arrival(pending.mark);
      scene.subject.signal('SIGTERM');
      await refusedAtLast(scene, client);
      await probe.reply(frame);
      await pending.response();
    },
  },
  {
    name: 'draining-too-long',
    when: 'the drain timeout ends the worker of a request',
    error: { ...draining, ...seen },
    config: {
      limits: { drain_timeout_sec: 0.5 },
      pools: [{ id: 'main', traits: { onSigterm: 'ignore', onStdinEnd: 'ignore' } }],
    },
    async provoke(scene) {
      const client = await scene.connect();
      const call = client.request(method, { sessionId: 's1' });
      await scene.arrival(call.mark);
      scene.subject.signal('SIGTERM');
      await call.response();
    },
  },
  {
    name: 'unknown-pool',
    when: 'a request names a pool that is not configured',
    error: { code: -32053, name: 'UNKNOWN_POOL', ...unseen },
    async provoke(scene) {
      const client = await scene.connect();
      await client.request(method, { pool: 'tolls' }).response();
      await client.request(method, { pool: 'tolls', sessionId: 's1' }).response();
    },
  },
  {
    name: 'overloaded',
    when: 'the queue of a worker is full',
    error: { code: -32054, name: 'OVERLOADED', ...again },
    config: { pools: [{ id: 'main' }, { id: 'other' }], limits: { max_output_queue: 65_536 } },
    async provoke(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's1' });
      const probe = await scene.worker();
      await probe.order({ order: 'pause' });
      const pad = 'x'.repeat(32_768);
      const hasError = () => client.received.some(({ isError }) => isError);
      for (let n = 0; n < 512 && !hasError(); n++) {
        client.request('probe/error', { sessionId: 's1', params: { pad } });
        if (n % 8 === 7) await client.echo({ pool: 'other' });
      }
      await scene.until('an error', hasError);
      await probe.order({ order: 'resume' });
      await scene.until('all answers', () => client.isAnswered(), { requirement: 'COR-1' });
    },
    place: { method: 'probe/error' },
  },
  {
    name: 'line-too-large',
    when: 'a line is longer than max_input_buffer',
    place: 'without id',
    error: { ...tooLarge, ...unseen },
    config: { limits: { max_input_buffer: 4096 } },
    async provoke(scene) {
      const client = await scene.connect();
      client.send(
        JSON.stringify({ jsonrpc: '2.0', id: 'large', method, params: 'x'.repeat(8192) }),
      );
      await client.refusal(1, { requirement: 'FRM-6' });
    },
  },
  {
    name: 'response-too-large',
    when: 'the response of a worker is longer than max_input_buffer',
    error: { ...tooLarge, ...seen },
    config: { limits: { max_input_buffer: 4096 } },
    async provoke(scene) {
      const client = await scene.connect();
      const call = client.request(method, { sessionId: 's1' });
      const { probe, frame } = await scene.arrival(call.mark);
      await probe.reply(frame, { result: 'x'.repeat(8192) });
      await call.response();
    },
  },
  {
    name: 'deadline-exceeded',
    when: 'a worker does not answer within request_timeout_sec',
    error: { code: -32056, name: 'DEADLINE_EXCEEDED', ...seen },
    config: { limits: { request_timeout_sec: 0.2 } },
    async provoke(scene) {
      const client = await scene.connect();
      const call = client.request(method, { sessionId: 's1' });
      await scene.arrival(call.mark);
      await call.response();
    },
  },
];

export const busErrorScenarios: readonly BusScenario[] = [
  ...provocations.map(
    ({ name, when, place = ofRequest, error, config, transports, provoke }): BusScenario => ({
      id: `bus-errors/${name}`,
      title: `${error.name} where ${when}`,
      requirements: ['EXT-6'],
      does: `Provokes it: ${when}. The error is ${error.name}, retryable ${error.retryable}, delivered ${error.delivered}, in the form of errors.md.`,
      ...(config === undefined ? {} : { config }),
      ...(transports === undefined ? {} : { transports }),
      drive: provoke,
      judges: [busErrorIs(place, error)],
    }),
  ),
  {
    id: 'bus-errors/deadline-in-queue',
    title:
      'A request that runs out of time before its worker reads it is not read after it was said to be undelivered',
    requirements: ['EXT-6'],
    does: 'A worker stops reading. A request behind more than any pipe holds gets its error when request_timeout_sec is over; then the worker reads all that there is.',
    config: { limits: { request_timeout_sec: 0.5 } },
    async drive(scene) {
      const client = await scene.connect();
      const { probe } = await bind(scene, client, 's');
      await probe.order({ order: 'pause' });
      const pad = 'x'.repeat(900_000);
      client.notify('probe/news', { sessionId: 's', params: { pad } });
      await client.request(method, { sessionId: 's' }).response();
      await probe.order({ order: 'resume' });
      const behind = client.notify('probe/last', { sessionId: 's' });
      await scene.arrival(behind);
    },
    judges: [undeliveredStaysSo({ method })],
  },
  {
    id: 'bus-errors/invalid-params',
    title: "INVALID_PARAMS where the params of the bus's own methods do not fit",
    requirements: ['EXT-6'],
    does: 'Says hello without params, and with an extension that nobody has and that is required. A bus without hello has no such methods: it is asked for another error.',
    async drive(scene) {
      const client = await scene.connect();
      if (!scene.declares('hello')) {
        client.send('{');
        await client.refusal();
        return;
      }
      await hello(client, undefined).response();
      const extensions = { teleport: { required: true } };
      await hello(client, { protocolVersion: '1', extensions }).response();
    },
    judges: [
      (story) => {
        const hasHello = story.header.capabilities.includes('hello');
        const judge = hasHello
          ? busErrorIs(
              { method: 'stdio_bus/hello' },
              { code: -32602, name: 'INVALID_PARAMS', ...unseen },
            )
          : busErrorIs('without id', { code: -32700, name: 'PARSE_ERROR', ...unseen });
        return judge(story);
      },
    ],
  },
];

/** Asks until the drain, which begins some time after its signal, refuses. */
async function refusedAtLast(
  scene: Scene,
  client: Awaited<ReturnType<Scene['connect']>>,
): Promise<void> {
  const isRefused = async () => (await client.echo()).isError;
  const untilMs = performance.now() + scene.timings.responseMs;
  while (!(await isRefused()) && performance.now() < untilMs);
  await client.request(method).response();
}
