import { judgeOf } from '../../judges/facts.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { workerMomentsOf } from '../../judges/worker/worker-moments.ts';
import { hasProcessTable } from '../../subject/process-table.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';
import type { WorkerSession } from '../../worker-scene/worker-session.ts';

type Ending = 'WRK-7' | 'WRK-8';

/** The two ways in which a worker is asked to end. */
const endings = {
  sigterm: {
    requirement: 'WRK-7',
    words: 'SIGTERM',
    ask: (scene: WorkerScene) => scene.signal('SIGTERM'),
  },
  'stdin-end': {
    requirement: 'WRK-8',
    words: 'the end of stdin',
    ask: (scene: WorkerScene) => scene.endStdin(),
  },
} as const;

/** Everything that was asked before the end was answered, or it was killed. */
function allIsAnswered(requirement: Ending, atLeast: number) {
  return everyRequestIsAnswered(requirement, { atLeast });
}

const nothingIsLeft = (requirement: Ending) =>
  judgeOf(requirement, {
    floor: ({ observations }) =>
      observations.some(({ name, value }) => name === 'has-process-table' && value === true)
        ? undefined
        : 'the system does not show which processes run',
    fault: () => undefined,
  });

const itEnds = (requirement: Ending) =>
  judgeOf(requirement, {
    floor: (story) =>
      workerMomentsOf(story).exitUs === Infinity ? 'its end was not seen' : undefined,
    fault: () => undefined,
  });

function scenariosOf(name: keyof typeof endings): WorkerScenario[] {
  const { requirement, words, ask } = endings[name];
  const end = async (scene: WorkerScene) => {
    const startedMs = performance.now();
    ask(scene);
    await scene.ended(requirement);
    return Math.round(performance.now() - startedMs);
  };
  return [
    {
      id: `${name}/idle`,
      title: `At ${words} an idle worker exits with code 0 within the drain time`,
      requirements: [requirement],
      does: `Asks once, and when nothing is pending comes ${words}.`,
      transports: pipe,
      async drive(scene) {
        await scene.stillAnswers(await scene.session());
        scene.observe('drain-ms', await end(scene));
      },
      judges: [itEnds(requirement)],
    },
    {
      id: `${name}/with-many-pending`,
      title: `What was in its stdin before ${words} is answered`,
      requirements: [requirement, 'WRK-2'],
      does: `Writes fifty requests, and at once comes ${words}.`,
      transports: pipe,
      async drive(scene) {
        const session = await scene.session();
        const calls = Array.from({ length: 50 }, () => scene.prepareRequest({ session }));
        await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
        await end(scene);
      },
      judges: [allIsAnswered(requirement, 51)],
    },
    {
      id: `${name}/with-slow-pending`,
      title: `A slow request that is pending at ${words} is finished`,
      requirements: [requirement, 'WRK-2'],
      needs: ['slow'],
      does: `Makes the request \`probes.slow\` of the manifest, and while it is pending comes ${words}.`,
      transports: pipe,
      async drive(scene) {
        const session = await scene.session();
        await scene.write(`${scene.prepareRequest({ session, probe: 'slow' }).line}\n`);
        await end(scene);
      },
      judges: [allIsAnswered(requirement, 2)],
    },
    {
      id: `${name}/with-sessions-pending`,
      title: `What several sessions have pending at ${words} is answered`,
      requirements: [requirement],
      does: `Writes requests of three sessions, and at once comes ${words}.`,
      transports: pipe,
      async drive(scene) {
        const open = [await scene.session(), await scene.session(), await scene.session()];
        const calls = Array.from({ length: 12 }, (_, n) =>
          scene.prepareRequest({ session: open[n % 3] as WorkerSession }),
        );
        await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
        await end(scene);
      },
      judges: [allIsAnswered(requirement, 12)],
    },
    {
      id: `${name}/with-half-a-line`,
      title: `Half a line in its stdin does not keep a worker from ending at ${words}`,
      requirements: [requirement],
      does: `Writes a request and then the beginning of another, and then comes ${words}.`,
      transports: pipe,
      async drive(scene) {
        const session = await scene.session();
        await scene.stillAnswers(session);
        await scene.write('{"jsonrpc":"2.0","id":"half","meth');
        await end(scene);
      },
      judges: [itEnds(requirement)],
    },
    {
      id: `${name}/with-a-slow-reader`,
      title: `What was not read of its stdout before ${words} is not lost`,
      requirements: [requirement, 'WRK-9'],
      does: `Writes four hundred requests while nobody reads the answers, then comes ${words}, and then all answers are read.`,
      transports: pipe,
      async drive(scene) {
        const session = await scene.session();
        await scene.stillAnswers(session);
        scene.pipes.pause();
        const calls = Array.from({ length: 400 }, () => scene.prepareRequest({ session }));
        await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
        ask(scene);
        scene.pipes.resume();
        await scene.ended(requirement);
      },
      judges: [allIsAnswered(requirement, 400), everyRequestIsAnswered('WRK-9', { atLeast: 400 })],
    },
    {
      id: `${name}/nothing-left`,
      title: `After ${words} nothing is left running`,
      requirements: [requirement],
      does: `Opens three sessions and asks in each, then comes ${words}; when the worker has ended, no process that it started runs.`,
      transports: pipe,
      async drive(scene) {
        for (let n = 0; n < 3; n++) await scene.stillAnswers(await scene.session());
        scene.observe('has-process-table', hasProcessTable);
        await end(scene);
      },
      judges: [nothingIsLeft(requirement)],
    },
  ];
}

export const endingScenarios: readonly WorkerScenario[] = [
  ...scenariosOf('sigterm'),
  {
    id: 'sigterm/twice',
    title: 'A second SIGTERM does not keep a worker from ending',
    requirements: ['WRK-7'],
    does: 'Sends SIGTERM twice to a worker with requests pending; it ends within the drain time, in whatever way.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const probe = scene.has('slow') ? 'slow' : 'quick';
      await scene.write(`${scene.prepareRequest({ session, probe }).line}\n`);
      scene.signal('SIGTERM');
      scene.signal('SIGTERM');
      await scene.ended('WRK-7');
    },
    judges: [itEnds('WRK-7')],
  },
  {
    id: 'sigterm/then-the-end-of-stdin',
    title: 'SIGTERM and then the end of stdin are one request to end',
    requirements: ['WRK-7'],
    does: 'Writes twenty requests, sends SIGTERM, and ends stdin at once.',
    transports: pipe,
    async drive(scene) {
      const session = await scene.session();
      const calls = Array.from({ length: 20 }, () => scene.prepareRequest({ session }));
      await scene.write(calls.map(({ line }) => `${line}\n`).join(''));
      scene.signal('SIGTERM');
      scene.endStdin();
      await scene.ended('WRK-7');
    },
    judges: [allIsAnswered('WRK-7', 20)],
  },
  ...scenariosOf('stdin-end'),
];
