import { workerMemoryGrowsByAtMost } from '../../judges/worker/memory.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import type { WorkerCall } from '../../worker-scene/worker-calls.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';

const mebibyte = 1024 * 1024;
/** Runtimes that collect garbage let some of it lie for a while. */
const anyRuntimesGarbage = 96 * mebibyte;

const wantedRequests = 100_000;
const batchSize = 500;
/** A slow worker is not asked for longer, but has to have answered so many. */
const longestMs = 40_000;
const fewestRequests = 2000;

export const loadScenarios: readonly WorkerScenario[] = [
  {
    id: 'load/thousand-at-once',
    title: 'A thousand requests at once are all answered',
    requirements: ['WRK-6', 'WRK-2'],
    does: 'Writes a thousand requests at once, and waits for the answers.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const calls = Array.from({ length: 1000 }, () => scene.prepareRequest({ session }));
      await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
      await scene.allAnswered({ limitMs: scene.timings.startMs * 2 });
    },
    judges: [everyRequestIsAnswered('WRK-6', { atLeast: 1000 })],
  },
  {
    id: 'load/hundred-thousand',
    title: 'The memory of the worker stays flat over 100 000 requests',
    requirements: ['WRK-9', 'WRK-6'],
    does: 'Makes 100 000 requests, five hundred at a time, or as many as the worker answers in 40 seconds; its memory is measured all the while.',
    transports: pipe,
    isLong: true,
    async drive(scene) {
      const session = await scene.session();
      const endMs = performance.now() + longestMs;
      let count = 0;
      while (count < wantedRequests && performance.now() < endMs) {
        const calls = Array.from({ length: batchSize }, () => scene.prepareRequest({ session }));
        scene.calls.length = 0;
        await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
        await answersTo(scene, calls);
        count += batchSize;
        // What a runtime needs at all, it has by then.
        if (count >= fewestRequests && count % 2000 === 0) scene.measure();
      }
      scene.observe('memory-requests', count);
    },
    judges: [
      everyRequestIsAnswered('WRK-6', { atLeast: fewestRequests }),
      workerMemoryGrowsByAtMost('WRK-9', anyRuntimesGarbage),
    ],
  },
];

function answersTo(scene: WorkerScene, calls: readonly WorkerCall[]): Promise<unknown> {
  const areAnswered = () => calls.every((call) => call.isAnswered());
  return scene.until('the responses to five hundred requests', areAnswered, {
    limitMs: scene.timings.startMs * 2,
    requirement: 'WRK-6',
  });
}
