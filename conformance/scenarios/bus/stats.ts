import { type BusScenario, sockets } from '../../bus-scenario.ts';
import { statsFitWhatWasSeen } from '../../judges/stats.ts';
import { askForStats, askUntilOneHasLeft, statsCountAdapters } from './asked-stats.ts';

export const statsScenarios: readonly BusScenario[] = [
  {
    id: 'stats/counters',
    title: 'The counters move by what goes through',
    requirements: ['EXT-2'],
    onlyDirectly: statsCountAdapters,
    does: 'Asks for stats before and after requests, notifications in both directions, bad lines, and while requests are pending.',
    config: { pools: [{ id: 'main', instances: 2 }, { id: 'tools' }] },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers('main');
      await scene.workers('tools');
      await askForStats(client);
      for (let n = 0; n < 6; n++) await client.echo({ sessionId: `s${n % 3}` });
      client.notify('probe/news', { sessionId: 's1' });
      await client.echo({ sessionId: 's1' });
      await askForStats(client);
      client.send('no frame');
      await client.refusal();
      client.send({ jsonrpc: '2.0', method: 'stdio_bus/stats' });
      await askForStats(client);
      const calls = ['s1', 's2', 's9'].map((sessionId) =>
        client.request('probe/hold', { sessionId }),
      );
      const held = await Promise.all(calls.map(({ mark }) => scene.arrival(mark)));
      await askForStats(client);
      for (const { probe, frame } of held) await probe.reply(frame);
      for (const call of calls) await call.response();
      const { probe } = held[0] as (typeof held)[number];
      await probe.notify('probe/news', { sessionId: 's1' });
      await client.frame('the news', ({ method }) => method === 'probe/news');
      await askForStats(client);
    },
    judges: [statsFitWhatWasSeen(5)],
  },
  {
    id: 'stats/restart',
    title: 'A restart is counted, and its worker listed with the new process',
    requirements: ['EXT-2'],
    onlyDirectly: statsCountAdapters,
    does: 'Asks for stats before and after a worker of two was killed and started again.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      const [first] = await scene.workers();
      await client.echo({ sessionId: 's1' });
      await askForStats(client);
      if (first === undefined) return;
      await scene.kill(first);
      await scene.worker({ slot: first.slot, incarnation: 2 });
      await client.echo({ sessionId: 's1' });
      await askForStats(client);
    },
    judges: [statsFitWhatWasSeen(2)],
  },
  {
    id: 'stats/connections',
    title: 'Connections are counted as they come and go',
    requirements: ['EXT-2'],
    onlyDirectly: statsCountAdapters,
    does: 'Asks for stats while three clients are connected, and until the one that left is counted.',
    transports: sockets,
    async drive(scene) {
      const client = await scene.connect();
      const others = [await scene.connect(), await scene.connect()];
      for (const [n, other] of others.entries()) await other.echo({ sessionId: `s${n}` });
      await askForStats(client);
      others[0]?.close();
      await askUntilOneHasLeft(scene, client);
    },
    judges: [statsFitWhatWasSeen(2)],
  },
  {
    id: 'stats/asker-has-left',
    title: 'What a client that has left had asked is not pending any more',
    requirements: ['EXT-2'],
    onlyDirectly: statsCountAdapters,
    does: 'Asks for stats until a client whose connection was reset with two requests pending is counted, while a request of another is pending.',
    transports: ['tcp'],
    async drive(scene) {
      const client = await scene.connect();
      const other = await scene.connect();
      await client.echo();
      const calls = [other, other, client].map((each, n) =>
        each.request('probe/hold', { sessionId: `s${n}` }),
      );
      const held = await Promise.all(calls.map(({ mark }) => scene.arrival(mark)));
      await askForStats(client);
      other.reset();
      await askUntilOneHasLeft(scene, client);
      for (const { probe, frame } of held) await probe.reply(frame);
      await calls[2]?.response();
    },
    judges: [statsFitWhatWasSeen(2)],
  },
];
