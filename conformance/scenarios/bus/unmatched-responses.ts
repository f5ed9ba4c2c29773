import type { BusScenario } from '../../bus-scenario.ts';
import { fatesAreMet } from '../../judges/fates.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { statsFitWhatWasSeen } from '../../judges/stats.ts';
import { unmatchedResponsesAreCounted } from '../../judges/unmatched-responses.ts';
import { workersGoOn } from '../../judges/worker-lives.ts';
import { askForStats, statsCountAdapters } from './asked-stats.ts';
import { hold, sessionsOnEachWorker } from './bound-sessions.ts';

const dropped = { fate: 'dropped' };

export const unmatchedResponseScenarios: readonly BusScenario[] = [
  {
    id: 'correlation/answered-twice',
    title: "A worker's second response to one request is dropped",
    requirements: ['COR-5', 'COR-1'],
    does: 'Has a worker answer requests twice, with two different responses in one write.',
    async drive(scene) {
      const client = await scene.connect();
      for (let n = 0; n < 3; n++) {
        const { probe, frame } = await hold(scene, client, { sessionId: 's' });
        const first = probe.responseTo(frame);
        const second = probe.responseTo(frame, { result: { n, ...dropped } });
        const third = probe.responseTo(frame, { error: { code: 1, message: '', data: dropped } });
        probe.abandon(frame);
        await probe.write(Buffer.from(`${first}\n${second}\n${third}\n`, 'latin1'));
        await client.echo({ sessionId: 's' });
      }
    },
    judges: [fatesAreMet('COR-5', 6), workersGoOn('COR-5')],
  },
  {
    id: 'correlation/unknown-response',
    title: 'A response to something that nobody asked is dropped, and the worker goes on',
    requirements: ['COR-5', 'AFF-8'],
    does: 'Has a worker write responses with ids that were never given to it.',
    async drive(scene) {
      const client = await scene.connect();
      const { probe, frame } = await hold(scene, client, { sessionId: 's' });
      const ids = ['987654321', '-1', '"no"', '""', '1.5', '1e400', '9007199254740993'];
      for (const [n, id] of ids.entries()) {
        const outcome = `"result":{"n":${n},"fate":"dropped"}`;
        await probe.write(`{"jsonrpc":"2.0","id":${id},"sessionId":"s",${outcome}}\n`);
      }
      const error = { code: -32700, message: 'what?', data: dropped };
      await probe.write(`${JSON.stringify({ jsonrpc: '2.0', id: null, error })}\n`);
      await probe.reply(frame);
      await client.echo({ sessionId: 's' });
    },
    judges: [fatesAreMet('COR-5', 8), fatesAreMet('AFF-8', 8), workersGoOn('COR-5')],
  },
  {
    id: 'correlation/foreign-response',
    title: 'A worker cannot answer the request of another worker',
    requirements: ['COR-5', 'COR-1'],
    does: 'While one worker holds a request, another one writes a response with its id.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      const [mine, other] = await sessionsOnEachWorker(scene, client, 2);
      if (mine === undefined || other === undefined) return;
      const { probe, frame } = await hold(scene, client, { sessionId: mine.sessionId });
      const stranger = other.probe;
      await stranger.write(`${stranger.responseTo(frame, { result: dropped })}\n`);
      await client.echo({ sessionId: other.sessionId });
      await probe.reply(frame);
      await client.echo({ sessionId: mine.sessionId });
    },
    judges: [
      fatesAreMet('COR-5', 1),
      workersGoOn('COR-5'),
      everyRequestIsServed('COR-1', { atLeast: 5 }),
    ],
  },
  {
    id: 'correlation/unmatched-responses-counted',
    title: 'Responses that match nothing pending are counted',
    requirements: ['COR-5', 'EXT-2'],
    onlyDirectly: statsCountAdapters,
    does: 'Asks for stats before and after a worker has written responses that nobody asked for: routingErrors has grown by as many at least. That they are logged is not looked for: a log may be anywhere.',
    async drive(scene) {
      const client = await scene.connect();
      const probe = await scene.worker();
      await client.echo({ sessionId: 's' });
      await askForStats(client);
      for (let n = 0; n < 5; n++) {
        const frame = { jsonrpc: '2.0', id: `nobody-${n}`, sessionId: 's', result: dropped };
        await probe.write(`${JSON.stringify(frame)}\n`);
      }
      // What its worker writes later, the bus reads later.
      await client.echo({ sessionId: 's' });
      await askForStats(client);
    },
    judges: [unmatchedResponsesAreCounted, fatesAreMet('COR-5', 5), statsFitWhatWasSeen(2)],
  },
];
