import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { drainEndsWithItsWork, nothingIsLeft, workersAreTold } from '../../judges/drain-ends.ts';
import { pendingIsFinished } from '../../judges/drains.ts';
import { NotInTime } from '../../scene/waiter.ts';
import { type HeldRequest, hold, holdOnEach, release } from './held-request.ts';
import { seenDrain, seenEnd } from './seen-drain.ts';

/** So long that nothing ends by it. */
const limits = { drain_timeout_sec: 10 };
const twoWorkers = { pools: [{ id: 'main', instances: 2 }], limits };

function idle(signal: NodeJS.Signals): BusScenario {
  return {
    id: `drain/idle-${signal.toLowerCase()}`,
    title: `${signal} ends an idle bus soon, with exit code 0`,
    requirements: ['DRN-2', 'DRN-5'],
    does: `Sends ${signal} when nothing is pending. The workers are told to end, and the bus ends.`,
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      await (await scene.connect()).echo({ sessionId: 's' });
      scene.subject.signal(signal);
      await seenEnd(scene);
    },
    judges: [workersAreTold(2), drainEndsWithItsWork, nothingIsLeft],
  };
}

function pending(signal: NodeJS.Signals): BusScenario {
  return {
    id: `drain/pending-${signal.toLowerCase()}`,
    title: `What is pending at ${signal} is finished and delivered, then the bus ends`,
    requirements: ['DRN-1', 'DRN-2', 'COR-1'],
    does: `A worker answers a request only when the drain that ${signal} began has refused another.`,
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await seenDrain(scene, client, signal);
      await release(held);
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1'), drainEndsWithItsWork, workersAreTold()],
  };
}

export const drainScenarios: readonly BusScenario[] = [
  idle('SIGTERM'),
  idle('SIGINT'),
  pending('SIGTERM'),
  pending('SIGINT'),
  {
    id: 'drain/many-pending',
    title:
      'A drain finishes the requests of all clients at all workers, in whatever order they come',
    requirements: ['DRN-1', 'DRN-2'],
    does: 'Three clients have a request on each of three workers; they are answered last first.',
    transports: sockets,
    config: { pools: [{ id: 'main', instances: 3 }], limits },
    async drive(scene) {
      await scene.workers();
      const clients = await Promise.all([scene.connect(), scene.connect(), scene.connect()]);
      const held = (await Promise.all(clients.map((each) => holdOnEach(scene, each, 3)))).flat();
      await seenDrain(scene, clients[0] as Client);
      for (const each of held.reverse()) await release(each);
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1', 9), workersAreTold(3)],
  },
  {
    id: 'drain/clients-stay',
    title: 'A drain does not wait for clients to leave, nor for its timeout',
    requirements: ['DRN-2'],
    does: 'Two clients stay connected, and one of them owns a session. The bus ends all the same.',
    transports: sockets,
    config: { limits },
    async drive(scene) {
      const [one, other] = [await scene.connect(), await scene.connect()];
      await one.echo({ sessionId: 's' });
      await other.echo();
      scene.subject.signal('SIGTERM');
      await seenEnd(scene);
    },
    judges: [drainEndsWithItsWork, workersAreTold()],
  },
  {
    id: 'drain/exit-codes',
    title: 'The exit code of a clean drain is 0, whatever those of the workers are',
    requirements: ['DRN-2'],
    does: 'The workers end with code 3 when they are told to.',
    config: { pools: [{ id: 'main', instances: 2, traits: { exitCode: 3 } }], limits },
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const held = await hold(scene, client);
      await seenDrain(scene, client);
      await release(held);
      await seenEnd(scene);
    },
    judges: [workersAreTold(2)],
  },
  {
    id: 'drain/open-question',
    title: 'A question of a worker that no client answers holds up no drain',
    requirements: ['DRN-2'],
    does: 'A worker asks the owner of a session, who never answers; then comes SIGTERM.',
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await held.probe.ask(1, 'approve', { sessionId: 's' });
      await client.frame('the question', ({ method }) => method === 'approve');
      await release(held);
      scene.subject.signal('SIGTERM');
      await seenEnd(scene);
    },
    judges: [drainEndsWithItsWork, workersAreTold()],
  },
  {
    id: 'drain/asker-has-left',
    title: 'The request of a client whose connection was cut holds up no drain',
    requirements: ['DRN-2'],
    does:
      'The connection of a client with a request pending is reset; then comes SIGTERM. The worker, ' +
      'which exits when it is told to, is told at once.',
    transports: ['tcp'],
    config: {
      pools: [{ id: 'main', traits: { onSigterm: 'exit', onStdinEnd: 'exit' } }],
      limits,
    },
    async drive(scene) {
      const [gone, other] = [await scene.connect(), await scene.connect()];
      await hold(scene, gone, { sessionId: 's' });
      gone.reset();
      await other.echo();
      scene.subject.signal('SIGTERM');
      await seenEnd(scene);
    },
    judges: [drainEndsWithItsWork, workersAreTold()],
  },
  {
    id: 'drain/slow-reader',
    title: 'A drain writes out what is queued for a client that reads late',
    requirements: ['DRN-2', 'DRN-1'],
    does:
      'Ten responses of 900 KB, more than a socket holds, come for a client that does not read, and ' +
      'their worker is told to end. When the client reads again it gets them all, and the bus ends.',
    config: { limits: { drain_timeout_sec: 60, max_output_queue: 33_554_432 } },
    async drive(scene) {
      const client = await scene.connect();
      const held: HeldRequest[] = [];
      for (let n = 0; n < 10; n++) held.push(await hold(scene, client, { sessionId: 's' }));
      await seenDrain(scene, client);
      client.pause();
      const result = 'x'.repeat(900_000);
      for (const { probe, frame } of held) await probe.reply(frame, { result });
      const { probe } = held[0] as HeldRequest;
      await scene.exitOf(probe).catch((error) => {
        if (!(error instanceof NotInTime)) throw error;
      });
      client.resume();
      for (const { call } of held) await call.response({ requirement: 'DRN-1' });
      await seenEnd(scene);
    },
    judges: [pendingIsFinished('DRN-1', 10), drainEndsWithItsWork],
  },
  {
    id: 'drain/socket-file',
    title: 'After a drain the socket file is gone',
    requirements: ['DRN-5'],
    does: 'Looks for the file of the Unix socket after a drain with a request pending.',
    transports: ['unix'],
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client);
      await seenDrain(scene, client);
      await release(held);
      await seenEnd(scene);
    },
    judges: [nothingIsLeft],
  },
];
