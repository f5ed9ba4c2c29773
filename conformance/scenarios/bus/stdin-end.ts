import type { BusScenario } from '../../bus-scenario.ts';
import { drainEndsWithItsWork, nothingIsLeft, workersAreTold } from '../../judges/drain-ends.ts';
import { pendingIsFinished } from '../../judges/drains.ts';
import { everyRequestIsServed } from '../../judges/served-requests.ts';
import { hold, holdOnEach, release } from './held-request.ts';
import { seenEnd } from './seen-drain.ts';

/** So long that nothing ends by it. */
const limits = { drain_timeout_sec: 10 };
const twoWorkers = { pools: [{ id: 'main', instances: 2 }], limits };

/** In stdio mode the end of stdin is a drain. */
export const stdinEndScenarios: readonly BusScenario[] = [
  {
    id: 'drain/stdin-end-idle',
    title: 'In stdio mode the end of stdin ends an idle bus, with exit code 0',
    requirements: ['DRN-6', 'DRN-2'],
    does: 'Closes the stdin of the bus when nothing is pending.',
    transports: ['stdio'],
    config: { limits },
    async drive(scene) {
      const client = await scene.connect();
      await client.echo();
      client.end();
      await seenEnd(scene, 'DRN-6');
    },
    judges: [drainEndsWithItsWork, workersAreTold()],
  },
  {
    id: 'drain/stdin-end-pending',
    title: 'In stdio mode what is pending at the end of stdin is delivered, then the bus ends',
    requirements: ['DRN-6', 'DRN-2'],
    does: 'Closes stdin while two workers are busy; they notify and answer after that.',
    transports: ['stdio'],
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const held = await holdOnEach(scene, client, 2);
      client.end();
      for (const { probe, sessionId } of held) {
        await probe.notify('progress', { sessionId, params: { mark: scene.mark() } });
      }
      for (const each of held.reverse()) await release(each);
      await seenEnd(scene, 'DRN-6');
    },
    judges: [pendingIsFinished('DRN-6', 2), drainEndsWithItsWork, workersAreTold(2)],
  },
  {
    id: 'drain/stdin-end-piped',
    title: 'In stdio mode requests that were written just before the end of stdin are served',
    requirements: ['DRN-6', 'COR-1'],
    does: 'Writes fifty requests and closes stdin at once, as a script does with a pipe.',
    transports: ['stdio'],
    config: twoWorkers,
    async drive(scene) {
      await scene.workers();
      const client = await scene.connect();
      const calls = Array.from({ length: 50 }, (_, n) =>
        client.request('probe/echo', { sessionId: `s${n % 5}` }),
      );
      client.end();
      for (const call of calls) await call.response({ requirement: 'DRN-6' });
      await seenEnd(scene, 'DRN-6');
    },
    judges: [everyRequestIsServed('DRN-6', { atLeast: 50 }), drainEndsWithItsWork],
  },
  {
    id: 'drain/stdio-client-gone',
    title: 'In stdio mode the bus ends when its client is gone altogether',
    requirements: ['DRN-6', 'DRN-5'],
    does: 'Closes stdin and stdout of the bus while a request is pending that is never answered.',
    transports: ['stdio'],
    config: { limits: { drain_timeout_sec: 0.5 } },
    async drive(scene) {
      const client = await scene.connect();
      await hold(scene, client, { sessionId: 's' });
      client.close();
      const limitMs = 1500 * scene.timeScale + scene.timings.graceMs;
      await scene.subject.ended(limitMs, 'DRN-6');
    },
    judges: [nothingIsLeft],
  },
];
