import { judgeOf } from '../../judges/facts.ts';
import { workerMomentsOf } from '../../judges/worker/worker-moments.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { unknownMethod } from '../../worker-scene/worker-calls.ts';

/** It has written to its end, and all of that was read: the general judge says what it was. */
const itsEndWasSeen = judgeOf('WRK-1', {
  floor: (story) =>
    workerMomentsOf(story).exitUs === Infinity ? 'its end was not seen' : undefined,
  fault: () => undefined,
});

export const stdoutScenarios: readonly WorkerScenario[] = [
  {
    id: 'stdout/from-its-start',
    title: 'The first bytes on stdout are those of a frame',
    requirements: ['WRK-1'],
    does: 'Starts the worker and asks it once; nothing but frames may come before the answer.',
    transports: pipe,
    isLaunchedByDrive: true,
    async drive(scene) {
      await scene.start();
      await scene.stillAnswers(await scene.session());
    },
    judges: [itsEndWasSeen],
  },
  {
    id: 'stdout/nothing-unasked',
    title: 'A worker that is asked nothing writes nothing but frames',
    requirements: ['WRK-1', 'WRK-8'],
    does: 'Starts the worker and ends its stdin without a frame.',
    transports: pipe,
    isLaunchedByDrive: true,
    async drive(scene) {
      scene.launch();
      scene.endStdin();
      await scene.ended('WRK-8');
    },
    judges: [itsEndWasSeen, exitsWithZero()],
  },
  {
    id: 'stdout/at-its-end',
    title: 'The last bytes on stdout are those of a frame',
    requirements: ['WRK-1'],
    does: 'Asks the worker some times, sends it SIGTERM, and reads its stdout to the end.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (let n = 0; n < 3; n++) await scene.stillAnswers(session);
      scene.signal('SIGTERM');
      await scene.ended('WRK-7');
    },
    judges: [itsEndWasSeen],
  },
  {
    id: 'stdout/at-the-end-of-stdin',
    title: 'Nothing but frames comes when stdin ends',
    requirements: ['WRK-1'],
    does: 'Asks the worker some times, ends its stdin, and reads its stdout to the end.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (let n = 0; n < 3; n++) await scene.stillAnswers(session);
      scene.endStdin();
      await scene.ended('WRK-8');
    },
    judges: [itsEndWasSeen],
  },
  {
    id: 'stdout/in-errors',
    title: 'Nothing but frames comes where something goes wrong',
    requirements: ['WRK-1', 'WRK-4'],
    does: 'Asks for unknown methods and writes lines that are no JSON, with usual requests between.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      for (const line of ['no json', '[]', '{"id":{}}']) {
        await scene.write(`${line}\n`);
        scene.request({ session, method: unknownMethod, params: {} });
        await scene.stillAnswers(session);
      }
      await scene.allAnswered();
    },
    judges: [itsEndWasSeen],
  },
];

/** The end of stdin is an orderly end, also where nothing came before it. */
function exitsWithZero() {
  return judgeOf('WRK-8', {
    floor: (story) =>
      workerMomentsOf(story).exitUs === Infinity ? 'its end was not seen' : undefined,
    fault(story) {
      const { worker, exitUs, abandonedUs } = workerMomentsOf(story);
      if (exitUs === Infinity || abandonedUs < exitUs || worker?.exitCode === 0) return undefined;
      return {
        reason: 'it did not end with exit code 0',
        expected: 'exit code 0',
        seen: String(worker?.signal ?? worker?.exitCode),
      };
    },
  });
}
