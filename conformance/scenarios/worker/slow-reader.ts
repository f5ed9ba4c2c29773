import { workerMemoryGrowsByAtMost } from '../../judges/worker/memory.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';

const mebibyte = 1024 * 1024;

export const slowReaderScenarios: readonly WorkerScenario[] = [
  {
    id: 'slow-reader/waits',
    title: 'A worker whose stdout is not read waits, and drops nothing',
    requirements: ['WRK-9', 'WRK-2'],
    does: 'Writes six thousand requests while nobody reads the answers, until the worker takes no more; then reads all of them.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      scene.pipes.pause();
      const calls = Array.from({ length: 6000 }, () => scene.prepareRequest({ session }));
      const text = calls.map(({ line }) => `${line}\n`).join('');
      let isTaken = false;
      void scene.write(text).then(() => {
        isTaken = true;
      });
      const limitMs = scene.timings.graceMs / 4;
      await scene.until('all bytes are taken', () => isTaken, { limitMs }).catch(() => {});
      scene.pipes.resume();
      await scene.allAnswered({ limitMs: scene.timings.startMs * 3, requirement: 'WRK-9' });
    },
    judges: [everyRequestIsAnswered('WRK-9', { atLeast: 6000 })],
  },
  {
    id: 'slow-reader/stops-and-goes',
    title: 'A reader that stops again and again gets all of it',
    requirements: ['WRK-9'],
    does: 'Reads in turns of a few milliseconds while two thousand requests are answered.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const calls = Array.from({ length: 2000 }, () => scene.prepareRequest({ session }));
      scene.pipes.pause();
      void scene.write(calls.map(({ line }) => `${line}\n`).join(''));
      for (let n = 0; n < 20; n++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        scene.pipes.resume();
        await new Promise((resolve) => setImmediate(resolve));
        scene.pipes.pause();
      }
      scene.pipes.resume();
      await scene.allAnswered({ limitMs: scene.timings.startMs * 2, requirement: 'WRK-9' });
    },
    judges: [everyRequestIsAnswered('WRK-9', { atLeast: 2000 })],
  },
  {
    id: 'slow-reader/memory',
    title: 'The memory of a worker does not grow with what is not read',
    requirements: ['WRK-9'],
    needs: ['large'],
    does: 'Makes 512 large requests of 512 kB while nobody reads the answers; the memory of the worker is measured meanwhile.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      await scene.stillAnswers(session);
      scene.measure();
      scene.pipes.pause();
      let taken = 0;
      for (let n = 0; n < 512; n++) {
        const { line } = scene.largeRequest(session, 512_000);
        void scene.write(`${line}\n`).then(() => {
          taken++;
        });
      }
      const limitMs = scene.timings.graceMs;
      let seen = -1;
      for (let isMoving = true; isMoving && taken < 512; ) {
        scene.measure();
        const before = taken;
        await scene
          .until('more bytes are taken', () => taken > before, { limitMs })
          .catch(() => {});
        isMoving = taken > seen;
        seen = taken;
      }
      scene.measure();
      scene.pipes.resume();
      await scene.allAnswered({ limitMs: scene.timings.startMs * 3, requirement: 'WRK-9' });
    },
    judges: [
      everyRequestIsAnswered('WRK-9', { atLeast: 500 }),
      workerMemoryGrowsByAtMost('WRK-9', 128 * mebibyte),
    ],
  },
];
