import { judgeOf } from '../../judges/facts.ts';
import { answersAre, processEnded, processJudges } from '../../judges/worker/process-outcomes.ts';
import { processOf } from '../../judges/worker/process-stories.ts';
import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import { ProcessClient } from './process-client.ts';

const longMs = 20_000;
const steps = ['one', 'two', 'three', 'four'];
const stepText = steps.map((step) => `${step}\n`).join('');

/** So many reads of the process were answered with a result; the general judges say what of it is right. */
function readsWereMade(processId: string, atLeast: number) {
  return judgeOf('PRC-3', {
    floor(story) {
      const { reads = [] } = processOf(story, processId) ?? {};
      const given = reads.filter(({ result }) => result !== undefined).length;
      return given >= atLeast ? undefined : `only ${given} of ${atLeast} reads were answered`;
    },
    fault: () => undefined,
  });
}

/** Starts a cat, and has it write some chunks of their own. */
async function startSteps(client: ProcessClient): Promise<void> {
  await client.start('p', ['cat'], { pipeStdin: true }).response();
  for (const step of steps) {
    await client.write('p', `${step}\n`).response();
    await client.output('p', step);
  }
}

export const processReadScenarios: readonly WorkerScenario[] = [
  {
    id: 'process-read/what-was-pushed',
    title: 'Reads give what the events gave, under the same numbers',
    requirements: ['PRC-3', 'PRC-2'],
    does: 'Reads a closed process from its beginning, from each number, and with members that are null.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await startSteps(client);
      await client.terminate('p').response();
      await client.event('closed', 'p');
      await client.readAll('p');
      for (let afterSeq = 0; afterSeq <= steps.length + 2; afterSeq++) {
        await client.result('p', { afterSeq });
      }
      await client.result('p', { afterSeq: null, maxBytes: null, waitMs: null });
    },
    judges: [
      ...processJudges,
      readsWereMade('p', steps.length + 4),
      processEnded('p', { stdout: stepText }),
    ],
  },
  {
    id: 'process-read/first-chunk',
    title: 'The first chunk is given, however small maxBytes is',
    requirements: ['PRC-3'],
    does: 'Reads a process to its end with maxBytes 0 and 1, and one chunk and a bit more.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await startSteps(client);
      await client.terminate('p').response();
      await client.event('closed', 'p');
      for (const maxBytes of [0, 1, 5]) await client.readAll('p', { maxBytes });
    },
    judges: [...processJudges, readsWereMade('p', 6)],
  },
  {
    id: 'process-read/waits',
    title: 'A read with nothing to report waits for waitMs',
    requirements: ['PRC-3'],
    does: 'Reads a silent process with waitMs of 0, 300 and 700, and without it.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'sleep 600');
      for (const waitMs of [0, 300, 700, null]) await client.result('p', { waitMs });
      await client.terminate('p').response();
      await client.event('closed', 'p');
    },
    judges: [...processJudges, readsWereMade('p', 4)],
  },
  {
    id: 'process-read/returns-on-output',
    title: 'A read that waits is answered when output comes',
    requirements: ['PRC-3'],
    does: 'Lets a read wait for up to 20 s, and then has the command write.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('p', ['cat'], { pipeStdin: true }).response();
      for (const [afterSeq, step] of steps.entries()) {
        const read = client.read('p', { afterSeq, waitMs: longMs });
        await client.write('p', `${step}\n`).response();
        await read.response({ limitMs: longMs, requirement: 'PRC-3' });
      }
      await client.terminate('p').response();
      await client.event('closed', 'p');
    },
    judges: [...processJudges, readsWereMade('p', steps.length)],
  },
  {
    id: 'process-read/returns-on-the-end',
    title: 'A read that waits is answered at the exit, and one of a closed process at once',
    requirements: ['PRC-3'],
    does: 'Lets a read wait for up to 20 s, ends the command, and reads on until it is closed.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.startShell('p', 'sleep 600');
      const read = client.read('p', { waitMs: longMs });
      await client.signal('p', 'kill').response();
      await read.response({ limitMs: longMs, requirement: 'PRC-3' });
      await client.event('closed', 'p');
      await client.readAll('p', { waitMs: longMs });
      await client.result('p', { afterSeq: 2, waitMs: longMs });
    },
    judges: [...processJudges, readsWereMade('p', 3)],
  },
  {
    id: 'process-read/many-waiting',
    title: 'Reads that wait hold up nothing else',
    requirements: ['PRC-3', 'WRK-5'],
    does: 'Lets thirty reads of a process wait; meanwhile another session asks, and another command is started, written to and ended.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      const other = await ProcessClient.open(scene);
      await client.startShell('p', 'sleep 600');
      for (let n = 0; n < 30; n++) client.read('p', { waitMs: longMs });
      const limitMs = scene.timings.responseMs;
      const inTime = { limitMs, requirement: 'PRC-3' };
      await scene.request({ session: other.session }).response(inTime);
      await client.start('q', ['cat'], { pipeStdin: true }).response(inTime);
      await client.write('q', 'x').response(inTime);
      await client.result('q', { waitMs: longMs });
      await client.terminate('q').response(inTime);
      await client.event('closed', 'q');
      await client.terminate('p').response(inTime);
      await client.event('closed', 'p');
      await scene.allAnswered();
    },
    judges: [
      ...processJudges,
      readsWereMade('p', 30),
      everyRequestIsAnswered('WRK-5', { atLeast: 30 }),
    ],
  },
  {
    id: 'process-read/unknown',
    title: 'A read of a process that is not there is the error -32600',
    requirements: ['PRC-4'],
    does: 'Reads a process that was never started, with and without waitMs, and one whose start has failed.',
    transports: pipe,
    async drive(scene) {
      const client = await ProcessClient.open(scene);
      await client.start('failed', ['/no/such/program']).response();
      await client.read('nobody', { id: 'never started' }).response();
      await client.read('nobody', { id: 'with waitMs', waitMs: longMs }).response();
      await client.read('failed', { id: 'start failed' }).response();
      await scene.stillAnswers(client.session);
    },
    judges: [
      ...processJudges,
      answersAre('PRC-4', {
        'never started': -32600,
        'with waitMs': -32600,
        'start failed': -32600,
      }),
    ],
  },
];
