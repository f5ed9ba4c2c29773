import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client, ClientFrame } from '../../client/client.ts';
import { statsFitWhatWasSeen } from '../../judges/stats.ts';

function stats(client: Client): Promise<ClientFrame> {
  const { line, call } = client.prepare('stdio_bus/stats');
  const { params: _, ...frame } = JSON.parse(line);
  client.send(frame);
  return call.response();
}

export const statsScenarios: readonly BusScenario[] = [
  {
    id: 'stats/counters',
    title: 'The counters move by what goes through',
    requirements: ['EXT-2'],
    does: 'Asks for stats before and after requests, notifications in both directions, bad lines, and while requests are pending.',
    config: { pools: [{ id: 'main', instances: 2 }, { id: 'tools' }] },
    async drive(scene) {
      const client = await scene.connect();
      await scene.workers('main');
      await scene.workers('tools');
      await stats(client);
      for (let n = 0; n < 6; n++) await client.echo({ sessionId: `s${n % 3}` });
      client.notify('probe/news', { sessionId: 's1' });
      await client.echo({ sessionId: 's1' });
      await stats(client);
      client.send('no frame');
      await client.refusal();
      client.send({ jsonrpc: '2.0', method: 'stdio_bus/stats' });
      await stats(client);
      const calls = ['s1', 's2', 's9'].map((sessionId) =>
        client.request('probe/hold', { sessionId }),
      );
      const held = await Promise.all(calls.map(({ mark }) => scene.arrival(mark)));
      await stats(client);
      for (const { probe, frame } of held) await probe.reply(frame);
      for (const call of calls) await call.response();
      const { probe } = held[0] as (typeof held)[number];
      await probe.notify('probe/news', { sessionId: 's1' });
      await client.frame('the news', ({ method }) => method === 'probe/news');
      await stats(client);
    },
    judges: [statsFitWhatWasSeen(5)],
  },
  {
    id: 'stats/restart',
    title: 'A restart is counted, and its worker listed with the new process',
    requirements: ['EXT-2'],
    does: 'Asks for stats before and after a worker of two was killed and started again.',
    config: { pools: [{ id: 'main', instances: 2 }] },
    async drive(scene) {
      const client = await scene.connect();
      const [first] = await scene.workers();
      await client.echo({ sessionId: 's1' });
      await stats(client);
      if (first === undefined) return;
      await scene.kill(first);
      await scene.worker({ slot: first.slot, incarnation: 2 });
      await client.echo({ sessionId: 's1' });
      await stats(client);
    },
    judges: [statsFitWhatWasSeen(2)],
  },
  {
    id: 'stats/connections',
    title: 'Connections are counted as they come and go',
    requirements: ['EXT-2'],
    does: 'Asks for stats while three clients are connected, and until the one that left is counted.',
    transports: sockets,
    async drive(scene) {
      const client = await scene.connect();
      const others = [await scene.connect(), await scene.connect()];
      for (const [n, other] of others.entries()) await other.echo({ sessionId: `s${n}` });
      await stats(client);
      others[0]?.close();
      const untilMs = performance.now() + scene.timings.responseMs;
      const hasLeft = async () => Number((await stats(client)).json?.result?.clientDisconnects) > 0;
      while (!(await hasLeft()) && performance.now() < untilMs);
    },
    judges: [statsFitWhatWasSeen(2)],
  },
];
