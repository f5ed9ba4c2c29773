import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { type LossReason, lossesAreTold } from '../../judges/session-lost.ts';
import type { Probe } from '../../probe/probe.ts';
import { hello } from './hello.ts';

const wanted = { protocolVersion: '1', extensions: { 'session-lost': { required: true } } };

async function toldOf(client: Client, count: number): Promise<void> {
  const isNews = ({ method }: { readonly method?: string }) => method === 'stdio_bus/session_lost';
  const find = () => client.received.filter(isNews).length >= count;
  await client.frame('the news of a lost session', find, { requirement: 'EXT-4' });
}

const endings: readonly { reason: LossReason; how: string; end(probe: Probe): unknown }[] = [
  {
    reason: 'exit',
    how: 'ended by itself',
    end: (probe) => probe.order({ order: 'exit', code: 0, isFlushed: false }),
  },
  { reason: 'signal', how: 'was ended by a signal', end: (probe) => probe.signal('SIGKILL') },
  { reason: 'failed', how: 'is not started again', end: (probe) => probe.signal('SIGKILL') },
];

export const sessionLostScenarios: readonly BusScenario[] = [
  ...endings.map(
    ({ reason, how, end }): BusScenario => ({
      id: `session-lost/${reason}`,
      title: `The owner of a session is told that its worker ${how}`,
      requirements: ['EXT-4'],
      does: `Loses the worker of two sessions, one with a request pending. Each is told of once, with the reason ${reason}, and then asked again.`,
      config: { limits: { max_restarts: reason === 'failed' ? 0 : 5 } },
      async drive(scene) {
        const client = await scene.connect();
        await hello(client, wanted).response();
        await client.echo({ sessionId: 's1' });
        const call = client.request('probe/hold', { sessionId: 's2' });
        const { probe } = await scene.arrival(call.mark);
        await end(probe);
        await call.response();
        await scene.exitOf(probe);
        await toldOf(client, 2);
        for (const sessionId of ['s1', 's2', 's1']) await client.echo({ sessionId });
      },
      judges: [lossesAreTold(reason, { told: 2 })],
    }),
  ),
  {
    id: 'session-lost/only-who-asked',
    title: 'Only a client that has negotiated it is told of lost sessions, and only of its own',
    requirements: ['EXT-4'],
    does: 'Two clients have sessions of one worker, and a third has none. Two have negotiated the extension. The worker is killed.',
    transports: sockets,
    async drive(scene) {
      const [asking, silent, idle] = [
        await scene.connect(),
        await scene.connect(),
        await scene.connect(),
      ];
      await hello(asking, wanted).response();
      await hello(idle, wanted).response();
      await asking.echo({ sessionId: 'a' });
      await silent.echo({ sessionId: 'b' });
      const probe = await scene.worker();
      await scene.kill(probe);
      await toldOf(asking, 1);
      for (const client of [asking, silent, idle]) await client.echo();
      await asking.echo({ sessionId: 'a' });
      await silent.echo({ sessionId: 'b' });
    },
    judges: [lossesAreTold('signal', { told: 1, untold: 1 })],
  },
  {
    id: 'session-lost/after-refused-hello',
    title: 'A hello that is refused leaves the one before in force',
    requirements: ['EXT-4', 'EXT-1'],
    does: 'Negotiates the extension, then says a hello that is refused, and loses the worker of a session.',
    async drive(scene) {
      const client = await scene.connect();
      await hello(client, wanted).response();
      const teleport = { protocolVersion: '1', extensions: { teleport: { required: true } } };
      await hello(client, teleport).response({ requirement: 'EXT-1' });
      await client.echo({ sessionId: 's1' });
      await scene.kill(await scene.worker());
      await toldOf(client, 1);
      await client.echo({ sessionId: 's1' });
    },
    judges: [lossesAreTold('signal')],
  },
  {
    id: 'session-lost/given-up',
    title: 'A later hello replaces what an earlier one has negotiated',
    requirements: ['EXT-4', 'EXT-1'],
    does: 'Negotiates the extension, then says hello without it, and loses the worker of a session: nobody is told.',
    async drive(scene) {
      const client = await scene.connect();
      await hello(client, wanted).response();
      await hello(client, { protocolVersion: '1' }).response({ requirement: 'EXT-1' });
      await client.echo({ sessionId: 's1' });
      await scene.kill(await scene.worker());
      await scene.worker({ incarnation: 2 });
      for (let n = 0; n < 3; n++) await client.echo({ sessionId: 's1' });
    },
    judges: [lossesAreTold('signal', { told: 0, untold: 1 })],
  },
];
