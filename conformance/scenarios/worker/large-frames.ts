import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';

/** What every worker has to read (WRK-6). */
const lineBytes = 1_000_000;

function large(
  scenario: Pick<WorkerScenario, 'id' | 'title' | 'does'>,
  write: (scene: WorkerScene) => Promise<void>,
): WorkerScenario {
  return {
    ...scenario,
    requirements: ['WRK-6'],
    transports: pipe,
    async drive(scene) {
      await write(scene);
      // A worker may be slow with much.
      await scene.allAnswered({ limitMs: scene.timings.startMs * 2 });
      await scene.stillAnswers();
    },
    judges: [everyRequestIsAnswered('WRK-6')],
  };
}

/** A request that is exactly so many bytes long, LF excluded. */
async function exactRequest(scene: WorkerScene, bytes: number): Promise<string> {
  const session = await scene.session();
  const { line } = scene.largeRequest(session, bytes - 1000);
  const missing = bytes - Buffer.byteLength(line);
  return `{${' '.repeat(Math.max(0, missing))}${line.slice(1)}\n`;
}

export const largeFrameScenarios: readonly WorkerScenario[] = [
  large(
    {
      id: 'large-frames/one-megabyte',
      title: 'A request of 1 MB is answered',
      does: 'Writes one request of 1 000 000 bytes at once.',
    },
    async (scene) => scene.write(await exactRequest(scene, lineBytes)),
  ),
  large(
    {
      id: 'large-frames/one-megabyte-in-pieces',
      title: 'A request of 1 MB that comes in many pieces is answered',
      does: 'Writes a request of 1 000 000 bytes in pieces of random lengths.',
    },
    async (scene) => {
      const bytes = Buffer.from(await exactRequest(scene, lineBytes));
      for (let start = 0; start < bytes.length; ) {
        const end = start + 1 + scene.random.below(20_000);
        await scene.write(bytes.subarray(start, end));
        start = end;
      }
    },
  ),
  large(
    {
      id: 'large-frames/one-megabyte-of-characters',
      title: 'A request of 1 MB in characters of three bytes is answered',
      does: 'Writes a request with 330 000 characters of three bytes each.',
    },
    async (scene) => {
      const session = await scene.session();
      await scene.write(`${scene.largeRequest(session, 990_000, '日').line}\n`);
    },
  ),
  large(
    {
      id: 'large-frames/among-small-ones',
      title: 'Large requests do not disturb the small ones beside them',
      does: 'Writes ten requests of 100 kB with small ones before and after each, all at once.',
    },
    async (scene) => {
      const session = await scene.session();
      const lines = Array.from({ length: 10 }, () => [
        scene.prepareRequest({ session }).line,
        scene.largeRequest(session, 100_000).line,
      ]);
      await scene.write(`${lines.flat().join('\n')}\n`);
    },
  ),
];
