import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { judgeOf, observed } from '../../judges/facts.ts';
import { memoryGrowsByAtMost } from '../../judges/memory.ts';
import { requestsBeyondTheQueueAreRefused } from '../../judges/overload.ts';
import { writerIsAnswered } from '../../judges/patient-writer.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import {
  moreThanSocketsHold,
  slowClientIsCutOff,
  slowClientOf,
  slowClientSeesNoGap,
} from '../../judges/slow-client.ts';
import type { Scene } from '../../scene/scene.ts';
import { connectSlowClient, sayTheLast } from './slow-client.ts';
import { sessionOnEachWorker } from './spread-sessions.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const smallQueue = 64 * kibibyte;
/** Runtimes that collect garbage let some of it lie for a while. */
const anyRuntimesGarbage = 128 * mebibyte;

/** A notification of a session, so many bytes long. */
function chatter(sessionId: string, bytes: number, n = 0): string {
  const frame = { jsonrpc: '2.0', method: 'probe/news', sessionId, params: { n, pad: '' } };
  const padding = 'x'.repeat(Math.max(0, bytes - JSON.stringify(frame).length));
  return JSON.stringify({ ...frame, params: { n, pad: padding } });
}

/** What the other client asks, all the while. */
const othersAreServed = everyRequestIsServed('FLW-1', {
  atLeast: 10,
  which: (line, story) => line.place !== slowClientOf(story),
});

export const flowScenarios: readonly BusScenario[] = [
  {
    id: 'flow/slow-client-is-cut-off',
    title: 'A client that does not read is disconnected, and what it got has no gap',
    requirements: ['FLW-1'],
    does: 'A worker says more than a socket holds in the session of a client that does not read. After the time of backpressure_timeout_sec the client reads what there is: the beginning of it without a gap, and then the end.',
    transports: sockets,
    config: { limits: { max_output_queue: smallQueue, backpressure_timeout_sec: 0.5 } },
    async drive(scene) {
      const other = await scene.connect();
      const slow = await connectSlowClient(scene);
      const bytes = 64 * kibibyte;
      for (let n = 0; n < moreThanSocketsHold(scene) / bytes; n++) {
        void slow.probe.write(`${chatter(slow.sessionId, bytes, n)}\n`);
      }
      for (let n = 0; n < 10; n++) await other.echo({ sessionId: 'other' });
      await slow.isCutOff(500 * scene.timeScale + scene.timings.graceMs);
      slow.client.resume();
      await slow.probe.sync();
      // What follows its own last response is all that it can still get.
      await other.echo({ sessionId: 'other' });
      await slow.client.ended().catch(() => {});
    },
    judges: [slowClientIsCutOff, slowClientSeesNoGap, othersAreServed],
  },
  {
    id: 'flow/full-queue-times-out',
    isLong: true,
    title: 'A client whose queue stays full is disconnected, also where no further frame is due',
    requirements: ['FLW-1'],
    does: 'A worker says one thing, larger than any socket holds, to a client that does not read, and then nothing more to it. The client is disconnected after the time of backpressure_timeout_sec.',
    transports: sockets,
    config: {
      limits: {
        max_input_buffer: 32 * mebibyte,
        max_output_queue: smallQueue,
        backpressure_timeout_sec: 0.5,
      },
    },
    async drive(scene) {
      const other = await scene.connect();
      const slow = await connectSlowClient(scene);
      const [start, end] = chatter(slow.sessionId, 0).split('"pad":"') as [string, string];
      void slow.probe.write(`${start}"pad":"`);
      void slow.probe.write('x'.repeat(64 * kibibyte), moreThanSocketsHold(scene) / 64 / kibibyte);
      void slow.probe.write(`${end}\n`);
      for (let n = 0; n < 10; n++) await other.echo({ sessionId: 'other' });
      await slow.isCutOff(500 * scene.timeScale + scene.timings.graceMs);
      slow.client.resume();
      await slow.client.ended().catch(() => {});
    },
    judges: [slowClientIsCutOff, othersAreServed],
  },
  {
    id: 'flow/slow-client-holds-up-nobody',
    title: 'A client that does not read holds up no other client of its worker',
    requirements: ['FLW-1'],
    does: 'With a long backpressure_timeout_sec, a worker says more than a socket holds in the session of a client that does not read, and then answers the requests of another client without delay. The client then reads all of it, or the beginning of it and the end.',
    transports: sockets,
    config: { limits: { max_output_queue: smallQueue, backpressure_timeout_sec: 3600 } },
    async drive(scene) {
      const other = await scene.connect();
      const slow = await connectSlowClient(scene);
      const bytes = 256 * kibibyte;
      for (let n = 0; n < moreThanSocketsHold(scene) / bytes; n++) {
        void slow.probe.write(`${chatter(slow.sessionId, bytes, n)}\n`);
      }
      for (let n = 0; n < 20; n++) {
        await other.echo({ sessionId: 'other', requirement: 'FLW-1' });
      }
      await slow.probe.sync();
      // What follows all that was said shows that the bus has read it.
      await other.echo({ sessionId: 'other', requirement: 'FLW-1' });
      slow.client.resume();
      await sayTheLast(scene, slow, () => other.echo({ sessionId: 'other' }));
    },
    judges: [slowClientSeesNoGap, othersAreServed],
  },
  {
    id: 'flow/slow-client-memory',
    title: 'The memory of the bus does not grow with what a client does not read',
    requirements: ['FLW-1'],
    does: 'A worker says 256 MiB in the session of a client that does not read, with a queue of 64 KiB. The memory of the bus is measured meanwhile.',
    transports: sockets,
    config: { limits: { max_output_queue: smallQueue, backpressure_timeout_sec: 0.5 } },
    async drive(scene) {
      const other = await scene.connect();
      const slow = await connectSlowClient(scene);
      for (let n = 0; n < 10; n++) await other.echo({ sessionId: 'other' });
      const bytes = 128 * kibibyte;
      scene.measure();
      let isOver = false;
      void slow.probe
        .flood('stdout', `${chatter(slow.sessionId, bytes - 1)}\n`, (256 * mebibyte) / bytes)
        .then(() => {
          isOver = true;
        });
      const look = () => {
        scene.measure();
        return isOver;
      };
      await scene.until('the end of the flood', look, { limitMs: scene.timings.startMs });
      await other.echo({ sessionId: 'other' });
      scene.measure();
      slow.client.close();
    },
    judges: [memoryGrowsByAtMost('FLW-1', anyRuntimesGarbage), othersAreServed],
  },
  {
    id: 'flow/deaf-worker',
    title:
      'Requests that a worker does not read are refused at last, and served again when it reads',
    requirements: ['FLW-2'],
    does: 'One of two workers stops reading. Its session is asked until an error comes, while a session of the other worker is served. Then it reads again, and answers what was accepted and what is asked anew.',
    config: { pools: [{ id: 'main', instances: 2 }], limits: { max_output_queue: smallQueue } },
    async drive(scene) {
      const client = await scene.connect();
      const [deaf, busy] = await sessionOnEachWorker(scene, client);
      scene.measure();
      await deaf.probe.order({ order: 'pause' });
      const pad = 'x'.repeat(32 * kibibyte);
      let written = 0;
      while (!client.received.some(({ isError }) => isError) && written < 32 * mebibyte) {
        for (let n = 0; n < 8; n++) {
          client.request('probe/ask', { sessionId: deaf.sessionId, params: { pad } });
          written += pad.length;
        }
        await client.echo({ sessionId: busy.sessionId, requirement: 'FLW-2' });
        scene.measure();
      }
      await deaf.probe.order({ order: 'resume' });
      await scene.until('the answers to all that was accepted', () => client.isAnswered(), {
        requirement: 'COR-1',
      });
      await client.request('probe/after', { sessionId: deaf.sessionId }).response();
    },
    judges: [
      requestsBeyondTheQueueAreRefused,
      memoryGrowsByAtMost('FLW-2', anyRuntimesGarbage),
      everyRequestIsServed('FLW-2', {
        atLeast: 2,
        which: ({ method }) => method === 'probe/echo' || method === 'probe/after',
      }),
    ],
  },
  {
    id: 'flow/deaf-worker-notifications',
    title: 'Notifications that a worker does not read are dropped without a word',
    requirements: ['FLW-2', 'COR-4'],
    does: 'Writes 6 MiB of notifications to a worker that does not read, while a session of another worker is served. A request behind them is refused as one that may be sent again, and served when the worker reads.',
    config: { pools: [{ id: 'main', instances: 2 }], limits: { max_output_queue: smallQueue } },
    async drive(scene) {
      const client = await scene.connect();
      const [deaf, busy] = await sessionOnEachWorker(scene, client);
      await deaf.probe.order({ order: 'pause' });
      const pad = 'x'.repeat(128 * kibibyte);
      for (let n = 0; n < 48; n++) {
        client.notify('probe/news', { sessionId: deaf.sessionId, params: { pad } });
        if (n % 16 === 15) await client.echo({ sessionId: busy.sessionId, requirement: 'FLW-2' });
      }
      const refused = client.request('probe/ask', { sessionId: deaf.sessionId });
      await refused.response({ requirement: 'FLW-2' });
      await deaf.probe.order({ order: 'resume' });
      await served(scene, () =>
        client.request('probe/again', { sessionId: deaf.sessionId }).response(),
      );
    },
    judges: [
      requestsBeyondTheQueueAreRefused,
      everyRequestIsServed('COR-4', { which: ({ method }) => method === 'probe/echo' }),
    ],
  },
  {
    id: 'flow/burst-without-reading',
    title: 'A client that writes thousands of requests before it reads gets all its answers',
    requirements: ['FLW-3'],
    does: 'Stops reading, writes 2000 requests at once, and reads again when the first of them have been answered.',
    async drive(scene) {
      const client = await scene.connect();
      client.pause();
      const lines = Array.from({ length: 2000 }, (_, n) =>
        client.prepare('probe/echo', { sessionId: `s${n % 7}` }),
      );
      client.write(lines.map(({ line }) => `${line}\n`).join(''));
      await scene.arrival((lines[200] as (typeof lines)[number]).call.mark);
      client.resume();
      const isComplete = () => client.received.length >= lines.length && client.isAnswered();
      await scene.until('all answers', isComplete, {
        limitMs: scene.timings.startMs,
        requirement: 'FLW-3',
      });
    },
    judges: [writerIsAnswered(2000)],
  },
  {
    id: 'flow/writer-is-slowed',
    title: 'The bus stops reading from a client that does not read, and reads on when it does',
    requirements: ['FLW-3'],
    does: 'Writes requests with large responses one by one and reads none of these, until the bus takes no more, as the requests of another client show. Then it reads, and gets all of them.',
    transports: sockets,
    config: { limits: { max_output_queue: smallQueue, backpressure_timeout_sec: 3600 } },
    async drive(scene) {
      const clock = await scene.connect();
      const writer = await scene.connect();
      const probe = await scene.worker();
      writer.pause();
      const pad = 'x'.repeat(32 * kibibyte);
      let isSlowed = false;
      for (let bytes = 0; bytes < 24 * mebibyte && !isSlowed; bytes += pad.length) {
        const { mark } = writer.request('probe/echo', { params: { pad } });
        const hasArrived = () =>
          probe.received
            .findLast(({ method }) => method === 'probe/echo')
            ?.bytes.includes(JSON.stringify(mark)) === true;
        for (let ticks = 0; !hasArrived() && !isSlowed; ticks++) {
          await clock.request('probe/tick').response();
          isSlowed = ticks === 40;
        }
      }
      scene.observe('writer-is-slowed', isSlowed);
      writer.resume();
      // Small ones: a burst of large responses may fill the queue of a client that reads, too.
      for (let n = 0; n < 20; n++) writer.request('probe/echo');
      await scene.until('all answers', () => writer.isAnswered(), { requirement: 'FLW-3' });
    },
    judges: [
      writerIsAnswered(21),
      judgeOf('FLW-3', {
        fault: (story) =>
          observed(story, 'writer-is-slowed') !== false
            ? undefined
            : {
                reason: 'the bus read on from a client that did not read',
                expected: 'no more requests taken once max_output_queue is reached',
                seen: 'requests for 24 MiB of responses were taken',
              },
      }),
    ],
  },
];

/** Asks again as long as the answer is an error, as a client does after a retryable one. */
async function served(
  scene: Scene,
  ask: () => Promise<{ readonly isError: boolean }>,
): Promise<void> {
  const untilMs = performance.now() + scene.timings.responseMs;
  while ((await ask()).isError && performance.now() < untilMs);
}
