import { type BusScenario, sockets } from '../../bus-scenario.ts';
import type { Client } from '../../client/client.ts';
import { lostSessionsAreServed } from '../../judges/lost-work.ts';
import { aNewIncarnationServes } from '../../judges/restarts.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import {
  type HeldRequest,
  hold,
  holdOnEach,
  losses,
  reachEach,
  release,
  successor,
} from './held-request.ts';

const threeWorkers = { pools: [{ id: 'main', instances: 3 }] };
const twoWorkers = { pools: [{ id: 'main', instances: 2 }] };

/** A scenario in which the only worker ends with one request pending, and its session goes on. */
function loss(
  name: string,
  title: string,
  end: (scene: Scene, probe: Probe, client: Client) => Promise<void>,
): BusScenario {
  return {
    id: `restart/${name}`,
    title,
    requirements: ['RST-1', 'RST-2', 'RST-4'],
    does:
      'Ends the only worker in this way while it has a request. Asks for the error within 1 s, for the ' +
      'next incarnation in its slot, and for the session to be served by it.',
    async drive(scene) {
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await end(scene, held.probe, client);
      await losses(scene, [held]);
      await scene.exitOf(held.probe, { requirement: 'RST-2' });
      await successor(scene, held.probe);
      await client.echo({ sessionId: 's' });
    },
    judges: [lostSessionsAreServed, aNewIncarnationServes],
  };
}

function exit(code: number) {
  return (_: Scene, probe: Probe) => probe.order({ order: 'exit', code, isFlushed: false });
}

const endings: readonly BusScenario[] = [
  loss('exit-0', 'A worker that exits with code 0 unasked is lost like any other', exit(0)),
  loss(
    'exit-1',
    'A worker that exits with code 1 is restarted, and its request gets an error',
    exit(1),
  ),
  loss('segmentation-fault', 'A worker that SIGSEGV ends is lost', async (_, probe) =>
    probe.signal('SIGSEGV'),
  ),
  loss('stdout-closed', 'A worker that has closed its stdout is lost, though it runs', (_, probe) =>
    probe.order({ order: 'close-stdout' }),
  ),
  loss(
    'stdin-closed',
    'A worker that has closed its stdin is lost when it is written to, though it runs',
    async (_, probe, client) => {
      await probe.order({ order: 'close-stdin' });
      client.request('probe/echo', { sessionId: 's' });
    },
  ),
  loss(
    'grandchild-holds-pipes',
    'The error for a lost worker does not wait for a process that holds its pipes',
    async (_, probe) => {
      await probe.order({ order: 'spawn', isDetached: false });
      probe.signal('SIGKILL');
    },
  ),
];

const killings: readonly BusScenario[] = [
  {
    id: 'restart/kill-with-pending',
    title: 'kill -9 of a worker costs its own pending requests an error, and nobody else anything',
    requirements: ['RST-1', 'RST-2', 'RST-4', 'COR-1', 'AFF-1'],
    does:
      'Three clients have a request on each of three workers when one worker is killed. Its requests ' +
      'get errors, the others are answered; then all sessions go on.',
    transports: sockets,
    config: threeWorkers,
    async drive(scene) {
      await scene.workers();
      const clients = await Promise.all([scene.connect(), scene.connect(), scene.connect()]);
      const held = (await Promise.all(clients.map((each) => holdOnEach(scene, each, 3)))).flat();
      const doomed = (held[0] as HeldRequest).probe;
      await scene.kill(doomed);
      await losses(
        scene,
        held.filter(({ probe }) => probe === doomed),
      );
      for (const each of held) if (each.probe !== doomed) await release(each);
      await successor(scene, doomed);
      for (const { client, sessionId = '' } of held) await client.echo({ sessionId });
      await reachEach(scene, clients[0] as Client, 3);
    },
    judges: [lostSessionsAreServed, aNewIncarnationServes],
  },
  {
    id: 'restart/kill-one-of-two',
    title: 'On one connection, only the sessions of the killed worker are disturbed',
    requirements: ['RST-1', 'RST-4', 'COR-1'],
    does: 'One client has a request on each of two workers, and one of them is killed.',
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const [lost, kept] = (await holdOnEach(scene, client, 2)) as [HeldRequest, HeldRequest];
      await scene.kill(lost.probe);
      await losses(scene, [lost]);
      await release(kept);
      await client.echo({ sessionId: kept.sessionId ?? '' });
      await client.echo({ sessionId: lost.sessionId ?? '' });
    },
  },
  {
    id: 'restart/kill-idle',
    title: 'A worker that is killed with nothing pending is restarted, and nobody hears of it',
    requirements: ['RST-2', 'RST-4'],
    does: 'Kills the idle worker of a session, waits for the next incarnation and goes on.',
    async drive(scene) {
      const client = await scene.connect();
      await client.echo({ sessionId: 's' });
      const probe = await scene.worker();
      await scene.kill(probe);
      await successor(scene, probe);
      await client.echo({ sessionId: 's' });
    },
    judges: [lostSessionsAreServed, aNewIncarnationServes],
  },
  {
    id: 'restart/kill-all',
    title: 'All workers of a pool can be lost at the same time',
    requirements: ['RST-1', 'RST-2', 'RST-4'],
    does: 'Kills three workers at once, each with a request; then each slot serves again.',
    config: threeWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const held = await holdOnEach(scene, client, 3);
      for (const { probe } of held) probe.signal('SIGKILL');
      await losses(scene, held);
      const isBack = () => scene.probes.filter((probe) => !probe.hasExited).length === 3;
      const limitMs = scene.timings.startMs;
      await scene.until('three new workers', isBack, { limitMs, requirement: 'RST-2' });
      for (const { sessionId = '' } of held) await client.echo({ sessionId });
      await reachEach(scene, client, 3);
    },
    judges: [lostSessionsAreServed, aNewIncarnationServes],
  },
  {
    id: 'restart/many-pending',
    title: 'Each of many requests that a lost worker had gets its own error, once',
    requirements: ['RST-1', 'COR-1'],
    does: 'Kills a worker that has read 200 requests of 20 sessions.',
    async drive(scene) {
      const client = await scene.connect();
      const calls = Array.from({ length: 200 }, (_, n) =>
        client.request('probe/hold', { sessionId: `s${n % 20}` }),
      );
      const last = calls.at(-1) as (typeof calls)[number];
      const { probe } = await scene.arrival(last.mark);
      for (const { mark } of calls) await scene.arrival(mark);
      await scene.kill(probe);
      const limitMs = 1000 * scene.timeScale + scene.timings.graceMs;
      for (const call of calls) await call.response({ limitMs, requirement: 'RST-1' });
    },
  },
];

export const workerLossScenarios: readonly BusScenario[] = [...killings, ...endings];
