import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { deliveriesBySession, judgeAffinity } from '../../judges/affinity.ts';
import { onBehalfOf } from '../../judges/behalf.ts';
import { judgeOf } from '../../judges/facts.ts';
import { judgeOwnership } from '../../judges/ownership.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { judgeWorkerRequests } from '../../judges/worker-requests.ts';

const routing = { session_id_field: 'threadId' };

/** So many new sessions spread over two workers, where they are seen (AFF-3). */
const sessionsSpread = judgeOf('CFG-4', {
  fault: (story) => {
    const lines = [...deliveriesBySession(story).values()].flat();
    if (new Set(lines.map(({ place }) => place)).size > 1) return undefined;
    return {
      reason: 'sessions are not found by the configured member',
      expected: '32 sessions on two workers',
      seen: 'all on one',
    };
  },
});

/** A session member with another name: CFG-4. */
export const sessionFieldScenarios: readonly BusScenario[] = [
  {
    id: 'session-field/affinity',
    title: 'Sessions are found by the configured member, and sessionId is one like any other',
    requirements: ['CFG-4'],
    does: 'Sends frames of 32 sessions named by threadId to two workers, each with a sessionId that the frames of other sessions have as well.',
    config: { pools: [{ id: 'main', instances: 2 }], routing },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers();
      for (let round = 0; round < 3; round++) {
        for (let n = 0; n < 32; n++) {
          await client.echo({ sessionId: `thread-${n}`, members: { sessionId: `of-${round}` } });
        }
      }
    },
    judges: [
      onBehalfOf('CFG-4', judgeAffinity, ['AFF-1']),
      sessionsSpread,
      everyRequestIsServed('CFG-4', { atLeast: 96 }),
    ],
  },
  {
    id: 'session-field/ordinary-session-id',
    title: 'With another member configured, any value of sessionId passes',
    requirements: ['CFG-4'],
    does: 'Sends requests whose sessionId is empty, null, a number, an object, very long, or stands twice.',
    config: { routing },
    async drive(scene) {
      const client = await scene.connect();
      for (const sessionId of ['', null, 12, { a: 1 }, 'x'.repeat(300)]) {
        await client.echo({ members: { sessionId } });
      }
      const { line, call } = client.prepare('probe/echo', { sessionId: 'thread' });
      client.send(line.replace('"params"', '"sessionId":"a","sessionId":"b","params"'));
      await call.response();
    },
    judges: [everyRequestIsServed('CFG-4', { atLeast: 7 })],
  },
  {
    id: 'session-field/ownership',
    title: 'What workers say is delivered by the configured member',
    requirements: ['CFG-4'],
    does: 'A worker says something in the threads of two clients, asks one of them, and says something with the other member only, which belongs to no session.',
    transports: sockets,
    config: { routing },
    async drive(scene) {
      const [a, b] = [await scene.connect(), await scene.connect()];
      await a.echo({ sessionId: 'ta' });
      await b.echo({ sessionId: 'tb' });
      const probe = await scene.worker();
      await probe.notify('probe/news', { threadId: 'ta', sessionId: 'tb' });
      await probe.notify('probe/news', { threadId: 'tb', sessionId: 'ta', params: {} });
      await probe.notify('probe/news', { sessionId: 'ta' });
      await probe.ask(0, 'probe/may-i', { threadId: 'ta', sessionId: 'tb' });
      const isQuestion = ({ method }: { readonly method?: string }) => method === 'probe/may-i';
      await a.frame('the question of the worker', isQuestion, { requirement: 'CFG-4' });
      a.send({
        jsonrpc: '2.0',
        id: 0,
        threadId: 'ta',
        sessionId: 'tb',
        result: { isAllowed: true },
      });
      await a.echo({ sessionId: 'ta' });
      await b.echo({ sessionId: 'tb' });
    },
    judges: [
      onBehalfOf('CFG-4', judgeOwnership, ['AFF-8', 'COR-6']),
      onBehalfOf('CFG-4', judgeWorkerRequests, ['COR-6']),
    ],
  },
];
