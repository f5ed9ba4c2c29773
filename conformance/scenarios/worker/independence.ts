import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { slowIdJson, slowIsSlow, slowMs } from '../../judges/worker/slow-requests.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { unknownMethod } from '../../worker-scene/worker-calls.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';
import type { WorkerSession } from '../../worker-scene/worker-session.ts';

const answered = everyRequestIsAnswered('WRK-5');

async function sessions(scene: WorkerScene, count: number): Promise<WorkerSession[]> {
  const open: WorkerSession[] = [];
  for (let n = 0; n < count; n++) open.push(await scene.session());
  return open;
}

/** A slow request may take what it likes. */
const patient = ({ timings }: WorkerScene) => ({ limitMs: timings.startMs * 2 });

export const independenceScenarios: readonly WorkerScenario[] = [
  {
    id: 'independence/interleaved',
    title: 'Requests of several sessions at the same time are all answered',
    requirements: ['WRK-5', 'WRK-3'],
    does: 'Makes sixty requests of six sessions by turns, all at once.',
    transports: pipe,
    async drive(scene) {
      const open = await sessions(scene, 6);
      const calls = Array.from({ length: 60 }, (_, n) =>
        scene.prepareRequest({ session: open[n % 6] as WorkerSession }),
      );
      await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
      await scene.allAnswered();
    },
    judges: [everyRequestIsAnswered('WRK-5', { atLeast: 60 })],
  },
  {
    id: 'independence/beside-failures',
    title: 'Requests that fail in one session do not disturb another',
    requirements: ['WRK-5', 'WRK-4'],
    does: 'Asks for unknown methods in one session, and as usual in two others.',
    transports: pipe,
    async drive(scene) {
      const [bad, ...good] = (await sessions(scene, 3)) as [WorkerSession, ...WorkerSession[]];
      for (const params of [{}, { a: null }, { a: { b: [] } }, { '': 7 }, undefined]) {
        scene.request({ session: bad, method: unknownMethod, params });
        for (const session of good) scene.request({ session });
      }
      await scene.allAnswered();
    },
    judges: [everyRequestIsAnswered('WRK-5', { atLeast: 15 })],
  },
  {
    id: 'independence/beside-bad-lines',
    title: 'A bad line between requests of sessions loses none of them',
    requirements: ['WRK-5', 'WRK-4'],
    does: 'Writes requests of two sessions with lines that are no JSON between them, all at once.',
    transports: pipe,
    async drive(scene) {
      const open = await sessions(scene, 2);
      const lines = Array.from({ length: 10 }, (_, n) => [
        scene.prepareRequest({ session: open[n % 2] as WorkerSession }).line,
        `{"no json ${n}`,
      ]);
      await scene.write(`${lines.flat().join('\n')}\n`);
      await scene.allAnswered();
    },
    judges: [everyRequestIsAnswered('WRK-5', { atLeast: 10 })],
  },
  {
    id: 'independence/beside-a-slow-one',
    title: 'A slow request of one session loses no quick request of another',
    requirements: ['WRK-5', 'WRK-3'],
    needs: ['slow'],
    does: 'Makes the request `probes.slow` of the manifest and then quick ones in another session; which are answered first is reported as a fact.',
    transports: pipe,
    async drive(scene) {
      const [slowSession, quickSession] = (await sessions(scene, 2)) as [
        WorkerSession,
        WorkerSession,
      ];
      const startedMs = performance.now();
      const slow = scene.request({ session: slowSession, probe: 'slow', idJson: slowIdJson });
      const quick = scene.request({ session: quickSession });
      await quick.response(patient(scene));
      // A request that was not slow says nothing of it.
      if (!slow.isAnswered()) scene.observe('multiplexes', true);
      else if (performance.now() - startedMs >= slowMs) scene.observe('multiplexes', false);
      scene.request({ session: quickSession });
      await scene.allAnswered(patient(scene));
    },
    judges: [answered, slowIsSlow('WRK-5')],
  },
  {
    id: 'independence/slow-failing-quick',
    title: 'A slow, a failing and a quick session at the same time are each served',
    requirements: ['WRK-5', 'WRK-3'],
    needs: ['slow'],
    does: 'Makes the request `probes.slow` of the manifest in one session, ones that fail in another, and quick ones in a third.',
    transports: pipe,
    async drive(scene) {
      const [slow, failing, quick] = (await sessions(scene, 3)) as [
        WorkerSession,
        WorkerSession,
        WorkerSession,
      ];
      scene.request({ session: slow, probe: 'slow' });
      for (let n = 0; n < 5; n++) {
        scene.request({
          session: failing,
          ...(scene.has('failing') ? { probe: 'failing' } : { method: unknownMethod }),
        });
        scene.request({ session: quick });
      }
      await scene.allAnswered(patient(scene));
    },
    judges: [everyRequestIsAnswered('WRK-5', { atLeast: 11 })],
  },
];
