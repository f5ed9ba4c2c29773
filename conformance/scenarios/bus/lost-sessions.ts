import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { lostSessionsAreServed, whatWasQueuedGetsErrors } from '../../judges/lost-work.ts';
import { aNewIncarnationServes } from '../../judges/restarts.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import type { Probe } from '../../probe/probe.ts';
import { type HeldRequest, hold, holdOnEach, losses, release, successor } from './held-request.ts';

const threeWorkers = { pools: [{ id: 'main', instances: 3 }] };
const twoWorkers = { pools: [{ id: 'main', instances: 2 }] };

/** What becomes of the sessions of a lost worker, and of those of others. */
export const lostSessionScenarios: readonly BusScenario[] = [
  {
    id: 'restart/other-sessions-stay',
    title: 'Sessions of other workers never move when a worker is lost and comes back',
    requirements: ['RST-4', 'AFF-1'],
    does: 'Two sessions on each of three workers speak before a kill, at once after it, and after the restart.',
    config: threeWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const held = [
        ...(await holdOnEach(scene, client, 3)),
        ...(await holdOnEach(scene, client, 3)),
      ];
      for (const each of held) await release(each);
      const doomed = (held[0] as HeldRequest).probe;
      await scene.kill(doomed);
      for (const { sessionId = '' } of held) await client.echo({ sessionId });
      await successor(scene, doomed);
      for (const { sessionId = '' } of held) await client.echo({ sessionId });
    },
    judges: [lostSessionsAreServed],
  },
  {
    id: 'restart/session-stays-in-pool',
    title: 'A session whose worker was lost is bound anew in its own pool',
    requirements: ['RST-4', 'AFF-7'],
    does: 'Kills the worker of a session in the second pool; its next frame does not name the pool.',
    config: { pools: [{ id: 'main' }, { id: 'tools' }] },
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's', pool: 'tools' });
      const [probe] = (await scene.workers('tools')) as [Probe];
      await scene.kill(probe);
      await successor(scene, probe);
      await client.echo({ sessionId: 's' });
    },
    judges: [
      lostSessionsAreServed,
      everyRequestIsServed('AFF-7', { atLeast: 2, which: ({ sessionId }) => sessionId === 's' }),
    ],
  },
  {
    id: 'restart/only-notifications',
    title: 'A worker that is lost with nothing but notifications costs nobody an answer',
    requirements: ['RST-2', 'COR-4'],
    does: 'Sends notifications, kills the worker that has read them, and asks for no answer to them.',
    async drive(scene) {
      const client = await scene.connect();
      const marks = [1, 2, 3].map(() => client.notify('event', { sessionId: 's' }));
      const { probe } = await scene.arrival(marks.at(-1) ?? '');
      await scene.kill(probe);
      await successor(scene, probe);
      await client.echo({ sessionId: 's' });
    },
    judges: [aNewIncarnationServes, everyRequestIsServed('COR-4', { atLeast: 1 })],
  },
  {
    id: 'restart/answer-before-death',
    title:
      'A response that a worker wrote just before its end is the only one, or is lost with an error',
    requirements: ['COR-1', 'RST-2'],
    does: 'A worker answers one of two requests and exits in the same moment.',
    async drive(scene) {
      const client = await scene.connect();
      const first = await hold(scene, client, { sessionId: 's' });
      const second = await hold(scene, client, { sessionId: 's' });
      void first.probe.reply(first.frame);
      await first.probe.order({ order: 'exit', code: 1, isFlushed: true });
      await first.call.response();
      await losses(scene, [second]);
      await successor(scene, first.probe);
      await client.echo({ sessionId: 's' });
    },
    judges: [aNewIncarnationServes],
  },
  {
    id: 'restart/client-has-left',
    title: 'The loss of a worker whose asker has left disturbs no other client',
    requirements: ['RST-1', 'COR-7'],
    does: 'Two clients have requests with the same id on one worker; one leaves, then the worker is killed.',
    transports: sockets,
    async drive(scene) {
      const [one, other] = [await scene.connect(), await scene.connect()];
      await hold(scene, one, { sessionId: 's1', id: 'same' });
      const kept = await hold(scene, other, { sessionId: 's2', id: 'same' });
      one.close();
      await scene.kill(kept.probe);
      await losses(scene, [kept]);
      await successor(scene, kept.probe);
      const third = await scene.connect();
      await third.echo({ sessionId: 's1' });
    },
    judges: [everyRequestIsServed('COR-7', { which: ({ place }) => place === 'c3' })],
  },
  {
    id: 'restart/answer-to-the-dead',
    title: 'The answer to a question of a lost worker reaches no other incarnation',
    requirements: ['COR-6', 'RST-2'],
    does: 'A worker asks a client and is killed; the answer comes when the next incarnation runs.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe } = await hold(scene, client, { sessionId: 's' });
      await probe.ask(0, 'approve', { sessionId: 's' });
      await client.frame('the question', ({ method }) => method === 'approve', {
        requirement: 'COR-6',
      });
      await scene.kill(probe);
      await successor(scene, probe);
      client.send({ jsonrpc: '2.0', id: 0, sessionId: 's', result: { is: 'late' } });
      await client.echo({ sessionId: 's' });
    },
    judges: [
      aNewIncarnationServes,
      everyRequestIsServed('COR-6', { which: ({ method }) => method === 'probe/echo' }),
    ],
  },
  {
    id: 'restart/queued-requests',
    title: 'Requests that wait for a worker that does not read get errors when it is lost',
    requirements: ['RST-1', 'COR-1'],
    does:
      'Stops a worker and queues more for it than any pipe holds; then kills it. Whether the worker ' +
      'may have seen them, the bus knows best: each gets an error.',
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const [deaf, other] = (await holdOnEach(scene, client, 2)) as [HeldRequest, HeldRequest];
      await deaf.probe.order({ order: 'pause' });
      const { sessionId = '' } = deaf;
      const text = 'x'.repeat(900_000);
      const calls = [{ params: { text } }, {}, {}].map((more) =>
        client.request('probe/hold', { sessionId, ...more }),
      );
      await client.echo({ sessionId: other.sessionId ?? '' });
      await scene.kill(deaf.probe);
      await losses(scene, [deaf]);
      for (const call of calls) await call.response({ requirement: 'RST-1' });
      await client.echo({ sessionId });
    },
    judges: [whatWasQueuedGetsErrors],
  },
];
