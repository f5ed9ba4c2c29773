import { createServer } from 'node:net';
import { type BusScenario, sockets } from '../../bus-scenario.ts';
import {
  drainEndsAtItsTimeout,
  noDescendantIsLeft,
  nothingIsLeft,
  secondSignalEndsAll,
} from '../../judges/drain-ends.ts';
import type { Probe } from '../../probe/probe.ts';
import type { Scene } from '../../scene/scene.ts';
import { hold, release } from './held-request.ts';
import { endAtOnce, endAtTimeout, longSec, seenDrain, seenEnd, stubborn } from './seen-drain.ts';

/** A worker starts a process that keeps its pipes, in its own process group. */
async function bear(scene: Scene, probe: Probe): Promise<void> {
  await probe.order({ order: 'spawn', isDetached: false });
  scene.observe('descendants', scene.probes.flatMap(({ descendants }) => descendants).length);
}

export const leftoverScenarios: readonly BusScenario[] = [
  {
    id: 'drain/grandchild',
    title: 'After a drain no process is left that a worker has started',
    requirements: ['DRN-8', 'DRN-2', 'DRN-5'],
    does: 'Each of two workers has started a process that holds its pipes. SIGTERM; looks for what is left.',
    config: {
      pools: [{ id: 'main', instances: 2 }],
      limits: { drain_timeout_sec: longSec },
    },
    async drive(scene) {
      for (const probe of await scene.workers()) await bear(scene, probe);
      const client = await scene.connect();
      const held = await hold(scene, client);
      await seenDrain(scene, client);
      await release(held);
      await seenEnd(scene);
    },
    judges: [noDescendantIsLeft, nothingIsLeft],
  },
  {
    id: 'drain/grandchild-at-timeout',
    title: 'After a drain timeout no process is left that a worker has started',
    requirements: ['DRN-8', 'DRN-3'],
    does: 'A stubborn worker has started a process, and is killed at the drain timeout.',
    config: {
      pools: [{ id: 'main', traits: stubborn }],
      limits: { drain_timeout_sec: 0.5 },
    },
    async drive(scene) {
      await bear(scene, await scene.worker());
      scene.subject.signal('SIGTERM');
      await endAtTimeout(scene, 0.5);
    },
    judges: [noDescendantIsLeft, drainEndsAtItsTimeout],
  },
  {
    id: 'drain/grandchild-at-second-signal',
    title: 'After a second signal no process is left that a worker has started',
    requirements: ['DRN-8', 'DRN-4'],
    does: 'A stubborn worker has started a process; then come two signals.',
    config: {
      pools: [{ id: 'main', traits: stubborn }],
      limits: { drain_timeout_sec: longSec },
    },
    async drive(scene) {
      await bear(scene, await scene.worker());
      const client = await scene.connect();
      await hold(scene, client);
      await seenDrain(scene, client);
      scene.subject.signal('SIGINT');
      await endAtOnce(scene);
    },
    judges: [noDescendantIsLeft, secondSignalEndsAll],
  },
  {
    id: 'drain/grandchild-of-the-dead',
    title: 'After the end of the bus no process is left of a worker that was killed before',
    requirements: ['DRN-8', 'DRN-5'],
    does: 'A worker has started a process and is killed; the bus restarts it, and is ended later.',
    config: { limits: { drain_timeout_sec: longSec } },
    async drive(scene) {
      const probe = await scene.worker();
      await bear(scene, probe);
      await scene.kill(probe);
      await scene.worker({ incarnation: 2 }, { requirement: 'RST-2' });
      await (await scene.connect()).echo();
      scene.subject.signal('SIGTERM');
      await seenEnd(scene);
    },
    judges: [noDescendantIsLeft, nothingIsLeft],
  },
  {
    id: 'drain/command-missing',
    title: 'A bus that cannot start its second pool leaves no worker of its first',
    requirements: ['DRN-5'],
    does: 'The command of the second pool does not exist. The bus ends, and nothing is left of it.',
    isLaunchedByDrive: true,
    config: { pools: [{ id: 'main', traits: stubborn }] },
    async drive(scene) {
      const config = scene.busConfig();
      const missing = { id: 'missing', command: `${scene.folder}/no-such-program` };
      scene.launch({ config: { ...config, pools: [...config.pools, missing] } });
      await scene.subject.ended(scene.timings.startMs, 'DRN-5');
    },
    judges: [nothingIsLeft],
  },
  {
    id: 'drain/address-taken',
    title: 'A bus whose address is taken ends and leaves no worker',
    requirements: ['DRN-5'],
    does: 'Somebody listens on the port or socket that the bus is given.',
    transports: sockets,
    isLaunchedByDrive: true,
    config: { pools: [{ id: 'main', traits: stubborn }] },
    async drive(scene) {
      const { host, port, socket } = scene.places;
      const server = createServer((connection) => connection.destroy());
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        if (scene.transport === 'tcp') server.listen(port, host, resolve);
        else server.listen(socket, resolve);
      });
      try {
        scene.launch();
        await scene.subject.ended(scene.timings.startMs, 'DRN-5');
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
    judges: [nothingIsLeft],
  },
];
