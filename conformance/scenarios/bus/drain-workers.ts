import type { BusScenario } from '../../bus-scenario.ts';
import {
  busyWorkersAreLeftAlone,
  drainEndsWithItsWork,
  lossesInADrainAreAnswered,
  noneIsStartedInADrain,
  workersAreTold,
} from '../../judges/drain-ends.ts';
import { pendingIsFinished } from '../../judges/drains.ts';
import { waitInVain } from './absence.ts';
import { loseAgain } from './dying-pool.ts';
import { type HeldRequest, hold, holdOnEach, release } from './held-request.ts';
import { noNewIncarnation, seenDrain, seenEnd } from './seen-drain.ts';

/** So long that nothing ends by it. */
const limits = { drain_timeout_sec: 10 };
const twoWorkers = { pools: [{ id: 'main', instances: 2 }], limits };

/** What becomes of workers in a drain. */
export const drainWorkerScenarios: readonly BusScenario[] = [
  {
    id: 'drain/busy-worker',
    title: 'A worker is told to end only when it has nothing pending',
    requirements: ['DRN-7', 'DRN-2'],
    does: 'One of two workers is busy when the drain begins. It is told to end after its response.',
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const held = await hold(scene, client, { sessionId: 's' });
      await seenDrain(scene, client);
      const idle = scene.probes.find((probe) => probe !== held.probe);
      // It need not be told before the other one.
      const isTold = () => idle?.hasExited === true;
      await waitInVain(scene, 200, isTold);
      await release(held);
      await seenEnd(scene);
    },
    judges: [busyWorkersAreLeftAlone, workersAreTold(2)],
  },
  {
    id: 'drain/hasty-worker',
    title: 'A worker that exits at once when it is told to loses nothing in a drain',
    requirements: ['DRN-7'],
    does: 'Such a worker has two requests; the second is answered a while after the first.',
    config: {
      pools: [{ id: 'main', traits: { onSigterm: 'exit', onStdinEnd: 'exit' } }],
      limits,
    },
    async drive(scene) {
      const client = await scene.connect();
      const one = await hold(scene, client, { sessionId: 's' });
      const other = await hold(scene, client, { sessionId: 't' });
      await seenDrain(scene, client);
      await release(one);
      await client.request('probe/echo').response({ requirement: 'DRN-1' });
      await release(other);
      await seenEnd(scene);
    },
    judges: [busyWorkersAreLeftAlone],
  },
  {
    id: 'drain/worker-lost',
    title: 'A worker that is killed during a drain is not restarted; its requests get errors',
    requirements: ['RST-1', 'RST-2', 'DRN-1', 'DRN-2'],
    does: 'Both workers are busy when the drain begins; one is killed, the other finishes.',
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const [lost, kept] = (await holdOnEach(scene, client, 2)) as [HeldRequest, HeldRequest];
      await seenDrain(scene, client);
      await scene.kill(lost.probe);
      await lost.call.response({ requirement: 'RST-1' });
      await noNewIncarnation(scene, scene.timings.graceMs / 8);
      await release(kept);
      await seenEnd(scene);
    },
    judges: [
      lossesInADrainAreAnswered,
      noneIsStartedInADrain,
      pendingIsFinished('DRN-1'),
      drainEndsWithItsWork,
    ],
  },
  {
    id: 'drain/waiting-restart',
    isLong: true,
    title: 'A worker that waits for its restart when the drain begins is not started',
    requirements: ['RST-2', 'DRN-2'],
    does:
      'A worker is lost twice, so that its next restart is 2 s off; then a drain begins, and lasts ' +
      'longer than that because of a request to another pool.',
    config: { pools: [{ id: 'main' }, { id: 'dying' }], limits },
    async drive(scene) {
      const client = await scene.connect();
      await loseAgain(scene, client, 2);
      const held = await hold(scene, client);
      await seenDrain(scene, client);
      await noNewIncarnation(scene, 2000 + scene.timings.graceMs / 4);
      await release(held);
      await seenEnd(scene);
    },
    judges: [noneIsStartedInADrain, drainEndsWithItsWork],
  },
  {
    id: 'drain/waiting-restart-ends',
    title: 'A drain does not wait for a worker that waits for its restart',
    requirements: ['DRN-2'],
    does: 'The next restart of a worker is 2 s off when SIGTERM comes, and nothing is pending.',
    config: { pools: [{ id: 'main' }, { id: 'dying' }], limits: { drain_timeout_sec: 1.5 } },
    async drive(scene) {
      const client = await scene.connect();
      await loseAgain(scene, client, 2);
      await client.echo();
      scene.subject.signal('SIGTERM');
      await seenEnd(scene);
    },
    judges: [drainEndsWithItsWork, workersAreTold()],
  },
];
