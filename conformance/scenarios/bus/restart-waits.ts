import type { BusScenario } from '../../bus-scenario.ts';
import { judgeOf } from '../../judges/facts.ts';
import {
  backoffsGrow,
  noSilenceWithoutWorkers,
  restartsAreLimited,
} from '../../judges/restarts.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { besides, end, loseAgain, othersGoOn } from './dying-pool.ts';

/** When a slot is restarted, and what becomes of requests until then. */
export const restartWaitScenarios: readonly BusScenario[] = [
  {
    id: 'restart/backoff',
    isLong: true,
    title: 'The first restart comes at once, the second after 2 s, the third after 4 s',
    requirements: ['RST-3', 'RST-2'],
    does:
      'The only worker of a pool exits as soon as it greets, four times, with three restarts allowed. ' +
      'From the exit to the next start it takes 0, 2 and 4 s.',
    config: besides({ max_restarts: 3 }),
    async drive(scene) {
      const client = await scene.connect();
      await loseAgain(scene, client, 4);
      await client.request('probe/echo', { pool: 'dying' }).response({ requirement: 'RST-5' });
    },
    judges: [backoffsGrow(3), restartsAreLimited],
  },
  {
    id: 'restart/asked-at-the-loss',
    title: 'What is asked in the moment of a loss is answered, by an error or by the next worker',
    requirements: ['RST-5', 'COR-1'],
    does: 'Sends five requests just after the only worker was killed.',
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's0' });
      (await scene.worker()).signal('SIGKILL');
      const calls = [0, 1, 2, 3, 4].map((n) =>
        client.request('probe/echo', { sessionId: `s${n}` }),
      );
      const limitMs = scene.timings.startMs;
      for (const call of calls) await call.response({ limitMs, requirement: 'RST-5' });
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await client.echo({ sessionId: 's0' });
    },
    judges: [noSilenceWithoutWorkers('main')],
  },
  {
    id: 'restart/asked-in-backoff',
    title: 'A request that comes while a restart waits is answered, at once or after the restart',
    requirements: ['RST-5', 'COR-1'],
    does: 'A worker is lost twice, so that its next restart is 2 s off, and requests come meanwhile.',
    config: besides(),
    async drive(scene) {
      const client = await scene.connect();
      await loseAgain(scene, client, 2);
      const calls = ['s', 't'].map((sessionId) =>
        client.request('probe/echo', { sessionId, pool: 'dying' }),
      );
      await client.echo({ sessionId: 'peace' });
      const limitMs = 2000 * scene.timeScale + scene.timings.startMs;
      for (const call of calls) await call.response({ limitMs, requirement: 'RST-5' });
    },
    judges: [noSilenceWithoutWorkers('dying'), othersGoOn('RST-5')],
  },
  {
    id: 'restart/asked-with-a-deadline',
    title: 'No request waits for a restart longer than request_timeout_sec',
    requirements: ['RST-5'],
    does: 'The next restart is 2 s off and the deadline 0.2 s: a request gets its answer by then.',
    config: besides({ request_timeout_sec: 0.2 }),
    async drive(scene) {
      const client = await scene.connect();
      await loseAgain(scene, client, 2);
      const call = client.request('probe/echo', { pool: 'dying' });
      const limitMs = 200 * scene.timeScale + scene.timings.graceMs;
      await call.response({ limitMs, requirement: 'RST-5' });
    },
    judges: [noSilenceWithoutWorkers('dying')],
  },
  {
    id: 'restart/pool-failed',
    title:
      'Each request of a pool that has failed for good gets an error, and the other pools go on',
    requirements: ['RST-5', 'AFF-7', 'COR-1'],
    does:
      'Both workers of a pool are lost, with no restart allowed. Its old sessions and new ones get ' +
      'errors, again and again, and are never moved to the other pool.',
    config: {
      pools: [{ id: 'main' }, { id: 'dying', instances: 2 }],
      limits: { max_restarts: 0 },
    },
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 'old', pool: 'dying' });
      for (const probe of await scene.workers('dying')) await end(scene, probe);
      for (let n = 0; n < 4; n++) {
        const calls = [
          client.request('probe/echo', { sessionId: 'old' }),
          client.request('probe/echo', { sessionId: `new${n}`, pool: 'dying' }),
          client.request('probe/echo', { pool: 'dying' }),
        ];
        for (const call of calls) await call.response({ requirement: 'RST-5' });
        await client.echo({ sessionId: 'peace' });
      }
    },
    judges: [
      noSilenceWithoutWorkers('dying'),
      onlyErrors('RST-5', 'dying'),
      everyRequestIsServed('AFF-7', {
        atLeast: 4,
        which: ({ sessionId }) => sessionId === 'peace',
      }),
    ],
  },
  {
    id: 'restart/notified-without-worker',
    title: 'Notifications that come while no worker is alive get no answer, and do no harm',
    requirements: ['RST-5', 'COR-4'],
    does: 'Sends notifications to a pool that has failed, of a bound session and of none, then requests.',
    config: besides({ max_restarts: 0 }),
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 'old', pool: 'dying' });
      await end(scene, await scene.worker({ pool: 'dying' }));
      client.notify('event', { sessionId: 'old' });
      client.notify('event', { pool: 'dying' });
      await client.request('probe/echo', { sessionId: 'old' }).response({ requirement: 'RST-5' });
      await client.request('probe/echo', { pool: 'dying' }).response({ requirement: 'RST-5' });
      await client.echo({ sessionId: 'peace' });
    },
    judges: [noSilenceWithoutWorkers('dying'), othersGoOn('COR-4')],
  },
];

/** Nothing of this pool was served once all its workers were lost. */
function onlyErrors(requirement: string, pool: string) {
  return judgeOf(requirement, {
    fault(story) {
      const lostUs = Math.max(
        ...[...story.processes.values()]
          .filter(({ tag }) => tag.startsWith(`${pool}/`))
          .map(({ exitedUs = Infinity }) => exitedUs),
      );
      const served = story.clientSent.find(
        (line) =>
          line.kind === 'request' &&
          line.atUs > lostUs &&
          (line.pool === pool || line.sessionId === 'old') &&
          story.deliveries.has(line),
      );
      return (
        served && {
          reason: 'a request of a pool that has failed reached a worker',
          expected: 'an error',
          seen: `at ${story.deliveries.get(served)?.[0]?.place}`,
          records: [served.seq],
        }
      );
    },
  });
}
